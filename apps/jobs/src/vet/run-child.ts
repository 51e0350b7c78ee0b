import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { canonicalJson, isAppError } from '@sallyport/kernel';
import { readCapability, readJson } from '@sallyport/mcp';
import { readLines, writeLine } from './json-lines.ts';
import type { VetLimits } from './limits.ts';
import {
  type FromChild,
  fromChildSchema,
  type HttpAsk,
  type StartMessage,
  type StepMessage,
} from './messages.ts';
import { createRelay, type RelayInput } from './relay.ts';
import type { Sandbox } from './sandbox.ts';

export type ChildReport = Omit<Extract<FromChild, { kind: 'report' }>, 'kind'>;

/** How a child ended. `stopped`: it gave no report that can be believed; the code says why. */
export type ChildEnd =
  | { readonly kind: 'report'; readonly result: ChildReport }
  | { readonly kind: 'stopped'; readonly code: string; readonly message: string; readonly log: string };

export interface RunChildInput {
  readonly sandbox: Sandbox;
  readonly start: StartMessage;
  readonly relay: Omit<RelayInput, 'send' | 'limits'>;
  readonly limits: VetLimits;
  readonly sha256Hex: (text: string) => string;
  readonly onStep: (step: StepMessage) => void;
  /** Another entry point, for tests of the sandbox itself. */
  readonly script?: string;
}

const childScript = fileURLToPath(new URL('./child/main.ts', import.meta.url));
/** A report of 8 MiB of definitions, written as JSON inside JSON. */
const maxLineBytes = 40 * 1024 * 1024;
const maxLogBytes = 4_096;

/** Runs one vetting in a child process and never throws: whatever the child does becomes a `ChildEnd`. */
export function runChild(input: RunChildInput): Promise<ChildEnd> {
  const { sandbox, limits } = input;
  const { command, args } = sandbox.command(input.script ?? childScript, limits.heapMb);
  // Invariant: the child gets an empty environment; nothing of ours is in it.
  const child = spawn(command, args, { env: {}, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {});
  const relay = createRelay({ ...input.relay, limits, send: (message) => writeLine(child.stdin, message) });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (log.length < maxLogBytes) log += chunk.toString('utf8').slice(0, maxLogBytes - log.length);
  });
  return new Promise((resolve) => {
    let isOver = false;
    const end = (how: ChildEnd): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      relay.close();
      child.kill('SIGKILL');
      resolve(how);
    };
    const stop = (code: string, message: string): void => end({ kind: 'stopped', code, message, log });
    const timer = setTimeout(
      () => stop('timeout', `stopped after ${limits.hardKillMs} ms`),
      limits.hardKillMs,
    );
    child.on('error', (cause) => stop('internal_error', `the child did not start: ${cause.message}`));
    child.on('close', (code, signal) => stop('internal_error', describeExit(code, signal, log)));
    readLines(
      child.stdout,
      { maxLineBytes },
      {
        line: (text) => handleLine(text, input, { ask: relay.ask, cancel: relay.cancel, end, stop }),
        fault: () => stop('too_large', 'the child wrote more than it may'),
      },
    );
    writeLine(child.stdin, input.start);
  });
}

interface LineActions {
  readonly ask: (ask: HttpAsk) => void;
  readonly cancel: (id: number) => void;
  readonly end: (how: ChildEnd) => void;
  readonly stop: (code: string, message: string) => void;
}

function handleLine(text: string, input: RunChildInput, act: LineActions): void {
  const message = parseLine(text);
  if (message === undefined) act.stop('internal_error', 'the child wrote something that is no message');
  else if (message.kind === 'http') act.ask(message);
  else if (message.kind === 'cancel') act.cancel(message.id);
  else if (message.kind === 'step') input.onStep(message);
  else takeReport(message, input, act);
}

function takeReport(
  { kind: _, ...result }: Extract<FromChild, { kind: 'report' }>,
  input: RunChildInput,
  act: LineActions,
): void {
  const fault = findReportFault(result, input);
  if (fault) act.stop('internal_error', fault);
  else act.end({ kind: 'report', result });
}

function parseLine(text: string): FromChild | undefined {
  try {
    return fromChildSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The parent checks what it can: digests belong to their definitions, names to theirs, nothing is too large. */
function findReportFault(
  { report }: ChildReport,
  { limits, sha256Hex, start }: RunChildInput,
): string | undefined {
  if (report.server.url !== start.server.url) return 'the report is about another server';
  const names = new Set(report.tools.map((tool) => `${tool.kind} ${tool.name}`));
  if (names.size !== report.tools.length) return 'the report names a capability twice';
  let bytes = 0;
  for (const tool of report.tools) {
    bytes += Buffer.byteLength(tool.definition);
    if (bytes > limits.maxListBytes * 2) return 'the report is too large';
    if (sha256Hex(tool.definition) !== tool.digest) return `the digest of ${tool.name} does not fit`;
    if (!isCanonicalDefinition(tool)) return `the definition of ${tool.name} is not canonical`;
  }
  return undefined;
}

function isCanonicalDefinition({ kind, name, definition }: ChildReport['report']['tools'][number]): boolean {
  try {
    const value = readJson(definition);
    return readCapability(kind, value)?.name === name && canonicalJson(value) === definition;
  } catch (cause) {
    if (cause instanceof SyntaxError || isAppError(cause)) return false;
    throw cause;
  }
}

function describeExit(code: number | null, signal: NodeJS.Signals | null, log: string): string {
  if (log.includes('heap out of memory')) return 'the child ran out of memory';
  return signal ? `the child was ended by ${signal}` : `the child ended with ${code} and no report`;
}
