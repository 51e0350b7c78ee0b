import type { Client, StandardSchemaV1 } from '@modelcontextprotocol/client';
import type { ObservedApp } from '@sallyport/vetting';
import type { VetLimits } from '../limits.ts';
import { stepNames } from '../messages.ts';

type Answer = Readonly<Record<string, unknown>>;

/** Keeps an answer as it came: what we do not know counts for the digest too. */
const asItCame: StandardSchemaV1<unknown, Answer> = {
  '~standard': {
    version: 1,
    vendor: 'sallyport',
    validate: (value) => (isObject(value) ? { value } : { issues: [{ message: 'not an object' }] }),
  },
};

/** More than a vetting takes in. */
export class TooMuch extends Error {}

/** Everything that a server lists, as it came. */
export interface CapabilityLists {
  readonly tools: readonly unknown[];
  readonly prompts: readonly unknown[];
  readonly resources: readonly unknown[];
  readonly resourceTemplates: readonly unknown[];
  readonly apps: readonly ObservedApp[];
  /** Every list was read to its end. */
  readonly isWhole: boolean;
}

export const emptyLists: CapabilityLists = {
  tools: [],
  prompts: [],
  resources: [],
  resourceTemplates: [],
  apps: [],
  isWhole: false,
};

export interface ListInput {
  readonly client: Client;
  readonly limits: VetLimits;
  readonly timeoutMs: number;
  /** Runs one step that people see; `false` when it failed. */
  readonly attempt: (name: string, work: () => Promise<string>) => Promise<boolean>;
}

/** Lists what a server says it has, kind by kind, within caps, and reads the app UIs that are named. */
export async function listCapabilities(input: ListInput): Promise<CapabilityLists> {
  const declared = input.client.getServerCapabilities() ?? {};
  const tools: unknown[] = [];
  const prompts: unknown[] = [];
  const resources: unknown[] = [];
  const resourceTemplates: unknown[] = [];
  const apps: ObservedApp[] = [];
  const hasOthers = Boolean(declared.prompts || declared.resources);
  // A server that declares nothing at all is asked for tools; one that declares others only may have none.
  let isWhole =
    !declared.tools && hasOthers
      ? true
      : await input.attempt(stepNames.tools, async () => {
          await listPages(input, { method: 'tools/list', member: 'tools' }, tools);
          return count(tools.length, 'tool');
        });
  if (isWhole && hasOthers) {
    isWhole = await input.attempt(stepNames.others, async () => {
      if (declared.prompts) await listPages(input, { method: 'prompts/list', member: 'prompts' }, prompts);
      if (declared.resources) {
        await listPages(input, { method: 'resources/list', member: 'resources' }, resources);
        const templates = { method: 'resources/templates/list', member: 'resourceTemplates' };
        await listPages(input, templates, resourceTemplates, true);
      }
      const other = resources.length + resourceTemplates.length;
      return `${count(prompts.length, 'prompt')}, ${count(other, 'resource')}`;
    });
  }
  const uris = appUris(tools, resources);
  if (isWhole && uris.length > 0) {
    isWhole = await input.attempt(stepNames.apps, async () => {
      await readApps(input, uris, apps);
      return count(apps.length, 'app UI');
    });
  }
  return { tools, prompts, resources, resourceTemplates, apps, isWhole };
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

interface ListKind {
  readonly method: string;
  readonly member: string;
}

async function listPages(input: ListInput, what: ListKind, into: unknown[], mayLack = false): Promise<void> {
  const { maxPages, maxTools } = input.limits;
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    const answer = await ask(input, what.method, params).catch((cause: unknown) => {
      if (mayLack && isUnknownMethod(cause)) return { [what.member]: [] };
      throw cause;
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

function ask(input: ListInput, method: string, params: Readonly<Record<string, unknown>>): Promise<Answer> {
  return input.client.request({ method, params }, asItCame, { timeout: input.timeoutMs });
}

/** Many servers with resources know no templates and say so in the words of JSON-RPC. */
function isUnknownMethod(cause: unknown): boolean {
  return isObject(cause) && cause.code === -32_601;
}

function nextCursor(answer: Answer, what: ListKind): string | undefined {
  const next = answer.nextCursor;
  if (next === undefined || next === null || next === '') return undefined;
  if (typeof next !== 'string') throw new Error(`${what.method}: the cursor is no text`);
  return next;
}

/** The `ui://` resources that are listed or that a tool names, once each. */
function appUris(tools: readonly unknown[], resources: readonly unknown[]): readonly string[] {
  const named = tools.flatMap((tool) => {
    const meta = isObject(tool) && isObject(tool._meta) ? tool._meta : {};
    return [isObject(meta.ui) ? meta.ui.resourceUri : undefined, meta['ui/resourceUri']];
  });
  const listed = resources.map((resource) => (isObject(resource) ? resource.uri : undefined));
  const uris = [...named, ...listed].filter((uri) => typeof uri === 'string' && uri.startsWith('ui://'));
  return [...new Set(uris as readonly string[])];
}

/** One that cannot be read is noted as such and judged, never passed over. */
async function readApps(input: ListInput, uris: readonly string[], apps: ObservedApp[]): Promise<void> {
  const { maxApps } = input.limits;
  for (const uri of uris.slice(0, maxApps)) {
    const read = await ask(input, 'resources/read', { uri }).catch(() => null);
    apps.push({ uri, read });
  }
  if (uris.length > maxApps) throw new TooMuch(`resources/read: more than ${maxApps} app UIs`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
