import { isJsonObject, type WireObject } from '@sallyport/mcp';
import type { EndpointContext, ExposedItem, SnapshotServer } from '@sallyport/snapshot';

/** What an endpoint says of itself when a client arrives. */
export interface EndpointFacts {
  readonly capabilities: WireObject;
  /** Approved words alone. */
  readonly instructions: string | undefined;
}

/** Clients cut what is longer. */
const maxInstructions = 2_048;
const maxAllInstructions = 16_384;

/** Works out what an endpoint can do, from what it shows and from what its servers said of themselves. */
export function endpointFacts(
  endpoint: EndpointContext,
  maySee: (item: ExposedItem) => boolean,
): EndpointFacts {
  const { servers } = endpoint;
  const hasSome = (kind: 'prompt' | 'resource' | 'template'): boolean => endpoint.listed(kind).some(maySee);
  const declared = (name: string): boolean =>
    servers.some(({ capabilities }) => isJsonObject(capabilities[name]));
  const hasPrompts = hasSome('prompt');
  const hasResources = hasSome('resource') || hasSome('template');
  const extensions = extensionsOf(servers);
  return {
    capabilities: {
      tools: { listChanged: true },
      ...(hasPrompts ? { prompts: { listChanged: true } } : {}),
      ...(hasResources ? { resources: { listChanged: true, subscribe: true } } : {}),
      ...((hasPrompts || hasResources) && declared('completions') ? { completions: {} } : {}),
      ...(declared('logging') ? { logging: {} } : {}),
      ...(servers.some(runsTasks) ? { tasks: coreTasks } : {}),
      ...(Object.keys(extensions).length === 0 ? {} : { extensions }),
    },
    instructions: instructionsOf(endpoint, maySee),
  };
}

/** What the core tasks of 2025-11-25 are declared as; a list of them is not: see `resolve-task.ts`. */
const coreTasks: WireObject = { cancel: {}, requests: { tools: { call: {} } } };

function runsTasks({ capabilities }: SnapshotServer): boolean {
  const { tasks } = capabilities;
  const requests = isJsonObject(tasks) ? tasks.requests : undefined;
  return isJsonObject(requests) && isJsonObject(requests.tools) && isJsonObject(requests.tools.call);
}

function extensionsOf(servers: readonly SnapshotServer[]): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { capabilities } of servers) {
    const { extensions } = capabilities;
    if (!isJsonObject(extensions)) continue;
    for (const [name, settings] of Object.entries(extensions)) {
      if (!Object.hasOwn(found, name)) found[name] = settings;
    }
  }
  return found;
}

/** One server's text as it is; those of several each under the name of its server. */
function instructionsOf(
  endpoint: EndpointContext,
  maySee: (item: ExposedItem) => boolean,
): string | undefined {
  const texts = endpoint
    .listed('instructions')
    .filter(maySee)
    .map(({ context, description }) => ({
      slug: context.server.slug,
      text: description ?? String(context.definition().instructions ?? ''),
    }))
    .filter(({ text }) => text !== '')
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
  const [only] = texts;
  if (!only) return undefined;
  if (endpoint.servers.length === 1) return cut(only.text, maxInstructions);
  const sections = texts.map(({ slug, text }) => `# ${slug}\n\n${cut(text, maxInstructions)}`);
  return cut(sections.join('\n\n'), maxAllInstructions);
}

function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1).toWellFormed()}…`;
}
