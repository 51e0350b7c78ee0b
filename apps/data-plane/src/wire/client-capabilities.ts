import { isJsonObject, type WireObject } from '@sallyport/mcp';

/** What a client that declares nothing can be asked for. */
export const noCapabilities: WireObject = Object.freeze({});

const maxExtensions = 16;
const maxExtensionCharacters = 1_024;
const nameShape = /^[A-Za-z0-9._/-]{1,128}$/;

/**
 * What a client can be asked for, in one form for both eras: only words we know, extensions kept within bounds. It
 * travels inside the session id, so it must stay small.
 */
export function cleanCapabilities(declared: unknown): WireObject {
  if (!isJsonObject(declared)) return noCapabilities;
  const kept: Record<string, unknown> = {};
  const elicitation = declared.elicitation;
  if (isJsonObject(elicitation)) kept.elicitation = cleanElicitation(elicitation);
  if (isJsonObject(declared.sampling)) kept.sampling = flags(declared.sampling, ['tools', 'context']);
  if (isJsonObject(declared.roots))
    kept.roots = declared.roots.listChanged === true ? { listChanged: true } : {};
  if (isJsonObject(declared.tasks)) kept.tasks = cleanTasks(declared.tasks);
  const extensions = isJsonObject(declared.extensions) ? cleanExtensions(declared.extensions) : undefined;
  if (extensions) kept.extensions = extensions;
  return kept;
}

/** `{}` is how 2025-06-18 said form mode. */
function cleanElicitation(elicitation: WireObject): WireObject {
  const modes = flags(elicitation, ['form', 'url']);
  return modes.form === undefined && modes.url === undefined ? { form: {} } : modes;
}

function cleanTasks(tasks: WireObject): WireObject {
  const requests = isJsonObject(tasks.requests) ? tasks.requests : {};
  const sampling = isJsonObject(requests.sampling) ? flags(requests.sampling, ['createMessage']) : undefined;
  const elicitation = isJsonObject(requests.elicitation)
    ? flags(requests.elicitation, ['create'])
    : undefined;
  return {
    ...flags(tasks, ['list', 'cancel']),
    requests: { ...(sampling && { sampling }), ...(elicitation && { elicitation }) },
  };
}

function cleanExtensions(extensions: WireObject): WireObject | undefined {
  const kept: Record<string, unknown> = {};
  let room = maxExtensionCharacters;
  for (const [name, settings] of Object.entries(extensions).slice(0, maxExtensions)) {
    if (!nameShape.test(name) || !isJsonObject(settings)) continue;
    room -= name.length + JSON.stringify(settings).length;
    if (room < 0) break;
    kept[name] = settings;
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function flags(source: WireObject, names: readonly string[]): Record<string, WireObject> {
  return Object.fromEntries(names.filter((name) => isJsonObject(source[name])).map((name) => [name, {}]));
}

/** Whether a client declared what a request of a server needs; the capability's name where it did not. */
export function missingCapability(
  capabilities: WireObject,
  ask: { readonly method: string; readonly params: WireObject | undefined },
): WireObject | undefined {
  const { elicitation, sampling, roots } = capabilities;
  switch (ask.method) {
    case 'elicitation/create': {
      const mode = ask.params?.mode === 'url' ? 'url' : 'form';
      return isJsonObject(elicitation) && isJsonObject(elicitation[mode])
        ? undefined
        : { elicitation: { [mode]: {} } };
    }
    case 'sampling/createMessage': {
      if (!isJsonObject(sampling)) return { sampling: {} };
      const usesTools = ask.params?.tools !== undefined || ask.params?.toolChoice !== undefined;
      return usesTools && !isJsonObject(sampling.tools) ? { sampling: { tools: {} } } : undefined;
    }
    case 'roots/list':
      return isJsonObject(roots) ? undefined : { roots: {} };
    default:
      return { [ask.method.slice(0, 64)]: {} };
  }
}
