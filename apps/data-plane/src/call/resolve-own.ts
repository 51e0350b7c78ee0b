import {
  discoverResult,
  initializeResult,
  isJsonObject,
  isLegacyVersion,
  type LegacyVersion,
  latestLegacyVersion,
  supportedVersions,
  tasksExtension,
  type WireObject,
} from '@sallyport/mcp';
import { showsApps } from '../config/shown-item.ts';
import { serverInfo } from '../wire/server-info.ts';
import type { LegacySession, SessionHandles } from '../wire/session-handles.ts';
import { type Call, type CallState, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';
import { wrongParams } from './resolved.ts';

export interface ResolveOwnDeps {
  readonly sessions: SessionHandles;
  readonly nowMs: () => number;
  /** Cuts the call that a legacy client cancels. */
  readonly cancel: (call: CallState) => void;
  /** Ends the session of a DELETE. */
  readonly endSession?: (session: LegacySession) => Promise<void>;
  /** Keeps what a client of HTTP+SSE says of itself: its session id was issued before. */
  readonly introduce?: (call: CallState, session: LegacySession) => Promise<void>;
  /** Keeps the level of log messages that a session wants; without it the wish is taken and forgotten. */
  readonly logLevels?: { setLevel(session: LegacySession, level: string): Promise<void> };
}

const discoverTtlMs = 300_000;
const logLevels: ReadonlySet<unknown> = new Set([
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
]);

/** Stage 4 of what we answer ourselves: `initialize`, `server/discover`, `ping`, `logging/setLevel`, notifications. */
export function createResolveOwn(deps: ResolveOwnDeps): Stage<'counted', 'answerable'> {
  const answer = (call: Call<'counted'>, text: string): Call<'answerable'> => {
    call.resultText = text;
    return grant<'answerable'>(call);
  };
  return (call) => {
    if (call.req.method === 'DELETE' && call.session !== null && deps.endSession) {
      return deps.endSession(call.session).then(() => answer(call, ''));
    }
    if (call.isNotification) {
      if (call.method === 'notifications/cancelled' && call.era === 'legacy') deps.cancel(call);
      return answer(call, '');
    }
    if (call.era === 'legacy') return legacyAnswer(call, deps, answer);
    return call.method === 'server/discover' ? answer(call, discovery(call)) : unknownMethod(call);
  };
}

type AnswerWith = (call: Call<'counted'>, text: string) => Call<'answerable'>;

function legacyAnswer(
  call: Call<'counted'>,
  deps: ResolveOwnDeps,
  answer: AnswerWith,
): Call<'answerable'> | Stop | Promise<Call<'answerable'>> {
  switch (call.method) {
    case 'ping':
      return answer(call, '{}');
    case 'initialize':
      // HTTP+SSE: the session is there before its client introduces itself.
      if (call.session !== null && deps.introduce) {
        return deps.introduce(call, call.session).then(() => answer(call, introduction(call)));
      }
      return answer(call, opening(call, deps));
    case 'logging/setLevel':
      return setLevel(call, deps, answer);
    default:
      return unknownMethod(call);
  }
}

/** The stop for a method that is not served. */
export function unknownMethod(call: Call<'read'>): Stop {
  return stop('unknown_method', { ...(call.era === 'legacy' ? { http: 200 } : {}) });
}

function factsOf(call: Call<'counted'>) {
  const { tenant, endpoint, principal, clientCapabilities } = call;
  const facts = tenant.lists.facts({ endpoint, principal, showsApps: showsApps(clientCapabilities) });
  const { instructions } = facts;
  return {
    capabilities: inEraOf(call, facts.capabilities),
    ...(instructions === undefined ? {} : { instructions }),
  };
}

/** Tasks are one thing in the core of 2025-11-25 and another as an extension: each is offered in its own era alone. */
function inEraOf({ era }: Call<'counted'>, capabilities: WireObject): WireObject {
  const { tasks, extensions, ...rest } = capabilities;
  if (era === 'modern') return extensions === undefined ? rest : { ...rest, extensions };
  const { [tasksExtension]: _modern, ...others } = isJsonObject(extensions) ? extensions : {};
  return {
    ...rest,
    ...(tasks !== undefined && { tasks }),
    ...(Object.keys(others).length > 0 && { extensions: others }),
  };
}

function discovery(call: Call<'counted'>): string {
  const hints = { ttlMs: discoverTtlMs, cacheScope: 'private' } as const;
  return JSON.stringify(discoverResult({ serverInfo, supportedVersions, hints, ...factsOf(call) }));
}

function opening(call: Call<'counted'>, { sessions, nowMs }: ResolveOwnDeps): string {
  const version = versionOf(call);
  const owner = { tenantId: call.tenant.id, endpointId: call.endpoint.id, keyId: call.principal.key.id };
  const handle = sessions.issue(
    { ...owner, version, client: call.clientInfo, capabilities: call.clientCapabilities, mailbox: null },
    nowMs(),
  );
  call.replyHeaders = { 'mcp-session-id': handle };
  return introduction(call);
}

function introduction(call: Call<'counted'>): string {
  return JSON.stringify(initializeResult({ version: versionOf(call), serverInfo, ...factsOf(call) }));
}

function versionOf({ version }: CallState): LegacyVersion {
  return isLegacyVersion(version) ? version : latestLegacyVersion;
}

function setLevel(
  call: Call<'counted'>,
  deps: ResolveOwnDeps,
  answer: AnswerWith,
): Call<'answerable'> | Stop | Promise<Call<'answerable'>> {
  const level = call.params?.level;
  if (typeof level !== 'string' || !logLevels.has(level)) return wrongParams('level must be a log level');
  if (!deps.logLevels || call.session === null) return answer(call, '{}');
  return deps.logLevels.setLevel(call.session, level).then(() => answer(call, '{}'));
}
