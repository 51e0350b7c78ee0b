import type { connectRedis } from '@sallyport/bus';
import { publishLive } from '@sallyport/bus';
import type { Database } from '@sallyport/db';
import type { Outbound } from '@sallyport/outbound';
import type { Logger } from '@sallyport/telemetry';
import type { Vault } from '@sallyport/vault';
import { type Observation, vetServer } from '@sallyport/vetting';
import type { NotifyControlPlane } from '../notify-control-plane.ts';
import { askWithoutCredential } from './ask-without-credential.ts';
import type { VetLimits } from './limits.ts';
import { type StartMessage, stepNames } from './messages.ts';
import type { Credential } from './relay.ts';
import { type ChildEnd, type ChildReport, runChild } from './run-child.ts';
import { type RunFacts, type RunKey, readRunFacts } from './run-facts.ts';
import { isUnchanged, type RunStore } from './run-store.ts';
import type { Sandbox } from './sandbox.ts';

export interface VetDependencies {
  readonly db: Database;
  readonly store: RunStore;
  readonly vault: Vault;
  readonly outbound: Outbound;
  readonly privateOrigins: () => readonly string[];
  readonly sandbox: Sandbox;
  readonly limits: VetLimits;
  readonly redis: ReturnType<typeof connectRedis>;
  readonly notify: NotifyControlPlane;
  readonly sha256Hex: (text: string | Uint8Array) => string;
  readonly nowMs: () => number;
  readonly log: Logger;
  readonly heartbeatMs: number;
}

const positions: readonly string[] = Object.values(stepNames);

/**
 * One vetting or re-check, from claim to report. Whatever the server or the child does ends in a report; only our own
 * failures (database, vault) throw, and then the run is tried again.
 */
export async function vetRun(deps: VetDependencies, key: RunKey, isLastAttempt: boolean): Promise<void> {
  const claim = await deps.store.claim(key);
  if (claim.kind === 'busy') return;
  if (claim.kind === 'done') return deps.notify(key);
  const beat = setInterval(() => {
    deps.store.heartbeat(key).catch((err: unknown) => deps.log.warn({ err }, 'heartbeat failed'));
  }, deps.heartbeatMs);
  try {
    const isTold = await runClaimed(deps, key);
    if (isTold) await deps.notify(key);
  } catch (cause) {
    const error = 'The vetting could not be carried out; see the log of the jobs process.';
    await deps.store.release(key, { error, isFinal: isLastAttempt }).catch(() => {});
    if (isLastAttempt) await deps.notify(key);
    throw cause;
  } finally {
    clearInterval(beat);
    await announce(deps, key);
  }
}

/** @returns whether the control plane has something to take in. */
async function runClaimed(deps: VetDependencies, key: RunKey): Promise<boolean> {
  const steps = createSteps(deps, key);
  const facts = await readRunFacts(deps.db, deps.vault, key);
  if (!facts.isAsked) steps.mute();
  steps.write({ name: stepNames.prepare, state: 'running', detail: null });
  const credential = facts.credential();
  const start = await prepare(deps, facts, credential);
  const where =
    start.facts.sandbox.network === 'cut' ? 'sandbox without network' : 'sandbox; network not cut';
  steps.write({ name: stepNames.prepare, state: 'finished', detail: where });
  const end = await runChild({
    sandbox: deps.sandbox,
    start,
    relay: { outbound: deps.outbound, url: facts.server.url, circuit: circuitOf(key, facts), credential },
    limits: deps.limits,
    sha256Hex: deps.sha256Hex,
    onStep: (step) => steps.write(step),
  });
  if (end.kind === 'stopped') deps.log.warn({ runId: key.runId, ...end }, 'a vetting child was stopped');
  const result = resultOf(deps, start, end);
  if (end.kind === 'stopped') steps.write({ name: steps.current(), state: 'failed', detail: end.message });
  const same = await isUnchanged(deps.db, key, facts, result);
  steps.write({ name: stepNames.store, state: 'running', detail: null });
  await steps.settled();
  await deps.store.finish(key, { facts, report: result.report, error: result.error, isUnchanged: same });
  steps.write({ name: stepNames.store, state: 'finished', detail: `grade ${result.report.grade}` });
  await steps.settled();
  return !same;
}

function circuitOf({ tenantId }: RunKey, { serverId }: RunFacts): string {
  return `vet/${tenantId}/${serverId}`;
}

async function prepare(
  deps: VetDependencies,
  facts: RunFacts,
  credential: Credential,
): Promise<StartMessage> {
  const { server, neighbours, approved } = facts;
  const url = new URL(server.url);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const isListedOrigin = deps.privateOrigins().includes(`${url.hostname}:${port}`);
  const status =
    credential.kind === 'none'
      ? null
      : await askWithoutCredential(deps.outbound, server.url, deps.limits.exchangeMs);
  return {
    kind: 'start',
    server,
    neighbours,
    approved,
    facts: {
      takenAtMs: deps.nowMs(),
      transport: { scheme: url.protocol === 'https:' ? 'https' : 'http', isListedOrigin },
      auth: { credential: credential.kind, statusWithoutCredential: status },
      sandbox: deps.sandbox.facts,
    },
    limits: deps.limits,
  };
}

/** A child that was stopped leaves no report; then the parent writes one that says so. */
function resultOf(deps: VetDependencies, start: StartMessage, end: ChildEnd): ChildReport {
  if (end.kind === 'report') return end.result;
  const { server, neighbours, facts } = start;
  const error = { step: 'Vetting process', code: end.code, message: end.message };
  const observation: Observation = {
    url: server.url,
    ...facts,
    era: null,
    protocolVersion: null,
    serverInfo: null,
    capabilities: {},
    instructions: null,
    tools: [],
    prompts: [],
    resources: [],
    resourceTemplates: [],
    apps: [],
    listBytes: 0,
    errors: [error],
    timings: [],
  };
  const report = vetServer({ server, neighbours, observation }, deps.sha256Hex);
  return {
    report: structuredClone(report) as ChildReport['report'],
    isListComplete: false,
    error: `${error.step}: ${end.message} (${end.code})`.slice(0, 400),
  };
}

interface ShownStep {
  readonly name: string;
  readonly state: 'running' | 'finished' | 'failed';
  readonly detail: string | null;
}

/** Writes steps in their order, one after the other, and tells the screens; a write that fails is only logged. */
function createSteps(deps: VetDependencies, key: RunKey) {
  let last: Promise<void> = Promise.resolve();
  let current: string = stepNames.prepare;
  let isMuted = false;
  const store = async (step: ShownStep): Promise<void> => {
    try {
      await deps.store.step(key, { ...step, position: Math.max(0, positions.indexOf(step.name)) });
      await announce(deps, key);
    } catch (err) {
      deps.log.warn({ err, runId: key.runId }, 'a step was not written');
    }
  };
  return {
    current: () => current,
    mute: () => {
      isMuted = true;
    },
    write: (step: ShownStep): void => {
      // A child may only speak of steps there are.
      if (isMuted || !positions.includes(step.name)) return;
      current = step.name;
      last = last.then(() => store(step));
    },
    settled: () => last,
  };
}

async function announce(deps: VetDependencies, { tenantId, runId }: RunKey): Promise<void> {
  try {
    await publishLive(deps.redis, { tenantId, type: 'vet', id: runId });
  } catch (err) {
    deps.log.debug({ err }, 'a live event was not sent');
  }
}
