import { isJsonObject, type WireObject } from '@sallyport/mcp';
import type { UpstreamScope } from './scope.ts';

const nothing: WireObject = Object.freeze({});
const maxBytes = 8 * 1024;
/** What can be relayed for any client, and what for a legacy session alone. */
const relayed = ['elicitation', 'sampling', 'roots', 'experimental', 'extensions'] as const;

/** What we declare to an upstream for a scope: what its client declared and we can relay, bounded. */
export function declaredFor(scope: UpstreamScope): WireObject {
  if (scope.kind === 'gateway') return nothing;
  const keys = scope.kind === 'session' ? [...relayed, 'tasks'] : relayed;
  const kept: Record<string, unknown> = {};
  let bytes = 0;
  for (const key of keys) {
    const value = scope.capabilities[key];
    if (!isJsonObject(value)) continue;
    bytes += JSON.stringify(value).length;
    if (bytes > maxBytes) break;
    // Changes of roots are not relayed: each read asks anew.
    kept[key] = key === 'roots' ? nothing : value;
  }
  return kept;
}

/** A request of a server that a client may be asked for, and what the client must have declared for it. */
const askable: Readonly<Record<string, (declared: WireObject, params: WireObject | undefined) => boolean>> = {
  'elicitation/create': (declared, params) => mayElicit(declared.elicitation, params?.mode),
  'sampling/createMessage': (declared) => isJsonObject(declared.sampling),
  'roots/list': (declared) => isJsonObject(declared.roots),
  'tasks/get': (declared) => isJsonObject(declared.tasks),
  'tasks/result': (declared) => isJsonObject(declared.tasks),
  'tasks/list': (declared) => isJsonObject(declared.tasks),
  'tasks/cancel': (declared) => isJsonObject(declared.tasks),
};

/** Whether a client that declared this may be asked for that. */
export function mayAsk(declared: WireObject, method: string, params: WireObject | undefined): boolean {
  return Object.hasOwn(askable, method) && askable[method]?.(declared, params) === true;
}

const clientFeatures: ReadonlySet<string> = new Set([
  'elicitation/create',
  'sampling/createMessage',
  'roots/list',
]);

/** Whether a server's request is one that a modern client answers in a round of input. */
export const isClientFeature = (method: string): boolean => clientFeatures.has(method);

/** Whether anything at all may be asked of a client that declared this. */
export function canBeAsked(declared: WireObject): boolean {
  return (
    isJsonObject(declared.elicitation) || isJsonObject(declared.sampling) || isJsonObject(declared.roots)
  );
}

/** `elicitation: {}` means forms, as before URL mode existed. */
function mayElicit(declared: unknown, mode: unknown): boolean {
  if (!isJsonObject(declared)) return false;
  if (mode === 'url') return isJsonObject(declared.url);
  return isJsonObject(declared.form) || !isJsonObject(declared.url);
}
