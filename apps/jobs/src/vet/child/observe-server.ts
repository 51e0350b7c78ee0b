import { Client, SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Observation, ObservationError } from '@sallyport/vetting';
import { type StartMessage, type StepMessage, stepNames } from '../messages.ts';
import { type CapabilityLists, emptyLists, listCapabilities, TooMuch } from './list-capabilities.ts';
import type { ParentFetch } from './parent-fetch.ts';

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
  const connection = await connect(input, notes);
  const lists = connection ? await listAll(input, connection, notes) : emptyLists;
  const client = connection?.client;
  const observation: Observation = {
    url: start.server.url,
    ...start.facts,
    era: client?.getProtocolEra() ?? null,
    protocolVersion: client?.getNegotiatedProtocolVersion() ?? null,
    serverInfo: client?.getServerVersion() ?? null,
    capabilities: { ...client?.getServerCapabilities() },
    instructions: client?.getInstructions() ?? null,
    tools: lists.tools,
    prompts: lists.prompts,
    resources: lists.resources,
    resourceTemplates: lists.resourceTemplates,
    apps: lists.apps,
    listBytes: link.bytesRead(),
    errors: notes.errors,
    timings: notes.timings,
  };
  await connection?.close();
  return { observation, isListComplete: lists.isWhole };
}

interface Connection {
  readonly client: Client;
  close(): Promise<void>;
}

const identity = { name: 'sallyport-vetting', version: '1.0.0' };

/** Connects over streamable HTTP in either era; to a server that only knows HTTP+SSE (2024-11-05), over that. */
async function connect(input: ObserveInput, notes: Notes): Promise<Connection | undefined> {
  const made: { connection?: Connection } = {};
  await attempt(input, notes, stepNames.connect, async () => {
    const connection = await connectStreamable(input).catch((cause: unknown) => {
      if (!refusedPost.has(input.link.lastStatus() ?? 0)) throw cause;
      // Where that fails too, the first answer says more.
      return connectStream(input).catch(() => Promise.reject(cause));
    });
    made.connection = connection;
    return connection.client.getNegotiatedProtocolVersion() ?? 'unknown version';
  });
  return made.connection;
}

async function connectStreamable({ start, link }: ObserveInput): Promise<Connection> {
  const timeout = patience(start);
  const client = new Client(identity, {
    versionNegotiation: { mode: 'auto', probe: { timeoutMs: timeout } },
  });
  const transport = new StreamableHTTPClientTransport(new URL(start.server.url), { fetch: link.fetch });
  await client.connect(transport, { timeout });
  return {
    client,
    close: async () => {
      await transport.terminateSession().catch(() => {});
      await client.close().catch(() => {});
    },
  };
}

async function connectStream({ start, link }: ObserveInput): Promise<Connection> {
  const client = new Client(identity);
  const transport = new SSEClientTransport(new URL(start.server.url), { fetch: link.streamFetch });
  await client.connect(transport, { timeout: patience(start) });
  return { client, close: () => client.close().catch(() => {}) };
}

/** How servers of the first transport answer a POST to the address of their stream. */
const refusedPost: ReadonlySet<number> = new Set([400, 404, 405]);

async function listAll(input: ObserveInput, { client }: Connection, notes: Notes): Promise<CapabilityLists> {
  const { start } = input;
  return listCapabilities({
    client,
    limits: start.limits,
    timeoutMs: patience(start),
    attempt: (name, work) => attempt(input, notes, name, work),
  });
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
