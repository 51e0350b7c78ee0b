import { Client, type StandardSchemaV1, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Observation, ObservationError } from '@sallyport/vetting';
import { type StartMessage, type StepMessage, stepNames } from '../messages.ts';
import type { ParentFetch } from './parent-fetch.ts';

/** Keeps an answer as it came: what we do not know counts for the digest too. */
const asItCame: StandardSchemaV1<unknown, Readonly<Record<string, unknown>>> = {
  '~standard': {
    version: 1,
    vendor: 'sallyport',
    validate: (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? { value: value as Readonly<Record<string, unknown>> }
        : { issues: [{ message: 'not an object' }] },
  },
};

export interface Observed {
  readonly observation: Observation;
  readonly isListComplete: boolean;
}

interface Notes {
  readonly errors: ObservationError[];
  readonly timings: { step: string; ms: number }[];
}

export interface ObserveInput {
  readonly start: StartMessage;
  readonly link: ParentFetch;
  readonly step: (step: Omit<StepMessage, 'kind'>) => void;
}

/** Connects with the official client in whichever era the server speaks and lists what it offers, within caps. */
export async function observeServer(input: ObserveInput): Promise<Observed> {
  const { start, link } = input;
  const notes: Notes = { errors: [], timings: [] };
  const client = new Client(
    { name: 'sallyport-vetting', version: '1.0.0' },
    { versionNegotiation: { mode: 'auto', probe: { timeoutMs: patience(start) } } },
  );
  const transport = new StreamableHTTPClientTransport(new URL(start.server.url), { fetch: link.fetch });
  const isConnected = await attempt(input, notes, stepNames.connect, async () => {
    await client.connect(transport, { timeout: patience(start) });
    return `${client.getNegotiatedProtocolVersion() ?? 'unknown version'}`;
  });
  const lists = isConnected ? await listAll(input, client, notes) : emptyLists;
  const observation: Observation = {
    url: start.server.url,
    ...start.facts,
    era: client.getProtocolEra() ?? null,
    protocolVersion: client.getNegotiatedProtocolVersion() ?? null,
    serverInfo: client.getServerVersion() ?? null,
    capabilities: Object.keys(client.getServerCapabilities() ?? {}).sort(),
    instructions: client.getInstructions() ?? null,
    tools: lists.tools.items,
    prompts: lists.prompts,
    resources: lists.resources,
    resourceTemplates: lists.resourceTemplates,
    listBytes: link.bytesRead(),
    errors: notes.errors,
    timings: notes.timings,
  };
  await transport.terminateSession().catch(() => {});
  await client.close().catch(() => {});
  return { observation, isListComplete: lists.tools.isWhole };
}

/** A little longer than the parent waits: its answer says why, the client's own timeout does not. */
function patience(start: StartMessage): number {
  return start.limits.exchangeMs + 1_000;
}

/** Runs one step; a failure is noted and shown, never thrown on. */
async function attempt(
  { step, link }: ObserveInput,
  notes: Notes,
  name: string,
  work: () => Promise<string>,
): Promise<boolean> {
  const since = performance.now();
  link.forgetFailure();
  step({ name, state: 'running', detail: null });
  try {
    const detail = await work();
    notes.timings.push({ step: name, ms: performance.now() - since });
    step({ name, state: 'finished', detail });
    return true;
  } catch (cause) {
    const error = describe(cause, link);
    notes.errors.push({ step: name, ...error });
    step({ name, state: 'failed', detail: `${error.message} (${error.code})`.slice(0, 400) });
    return false;
  }
}

function describe(cause: unknown, link: ParentFetch): { code: string; message: string } {
  const failure = link.lastFailure();
  if (failure) return { code: failure.code, message: failure.message.slice(0, 300) };
  const message = cause instanceof Error ? cause.message : 'unknown failure';
  if (cause instanceof TooMuch) return { code: 'too_large', message };
  return { code: 'upstream_protocol', message: message.slice(0, 300) };
}

class TooMuch extends Error {}

interface Lists {
  readonly tools: { readonly items: readonly unknown[]; readonly isWhole: boolean };
  readonly prompts: readonly unknown[];
  readonly resources: readonly unknown[];
  readonly resourceTemplates: readonly unknown[];
}

const emptyLists: Lists = {
  tools: { items: [], isWhole: false },
  prompts: [],
  resources: [],
  resourceTemplates: [],
};

async function listAll(input: ObserveInput, client: Client, notes: Notes): Promise<Lists> {
  const capabilities = client.getServerCapabilities() ?? {};
  const tools: unknown[] = [];
  const isWhole = await attempt(input, notes, stepNames.tools, async () => {
    await listPages(input, client, { method: 'tools/list', member: 'tools' }, tools);
    return `${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`;
  });
  const prompts: unknown[] = [];
  const resources: unknown[] = [];
  const resourceTemplates: unknown[] = [];
  if (isWhole && (capabilities.prompts || capabilities.resources)) {
    await attempt(input, notes, stepNames.others, async () => {
      if (capabilities.prompts)
        await listPages(input, client, { method: 'prompts/list', member: 'prompts' }, prompts);
      if (capabilities.resources) {
        await listPages(input, client, { method: 'resources/list', member: 'resources' }, resources);
        const templates = { method: 'resources/templates/list', member: 'resourceTemplates' };
        await listPages(input, client, templates, resourceTemplates);
      }
      return `${prompts.length} prompts, ${resources.length + resourceTemplates.length} resources`;
    });
  }
  return { tools: { items: tools, isWhole }, prompts, resources, resourceTemplates };
}

interface ListKind {
  readonly method: string;
  readonly member: string;
}

async function listPages(
  { start }: ObserveInput,
  client: Client,
  what: ListKind,
  into: unknown[],
): Promise<void> {
  const { maxPages, maxTools } = start.limits;
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    const answer = await client.request({ method: what.method, params }, asItCame, {
      timeout: patience(start),
    });
    const entries = answer[what.member];
    if (!Array.isArray(entries)) throw new Error(`${what.method}: no list in the answer`);
    const room = maxTools - into.length;
    into.push(...entries.slice(0, room));
    if (entries.length > room) throw new TooMuch(`${what.method}: more than ${maxTools} entries`);
    const next = nextCursor(answer, what);
    if (next === undefined) return;
    if (next === cursor) throw new Error(`${what.method}: the pages do not end`);
    cursor = next;
  }
  throw new TooMuch(`${what.method}: more than ${maxPages} pages`);
}

function nextCursor(answer: Readonly<Record<string, unknown>>, what: ListKind): string | undefined {
  const next = answer.nextCursor;
  if (next === undefined || next === null || next === '') return undefined;
  if (typeof next !== 'string') throw new Error(`${what.method}: the cursor is no text`);
  return next;
}
