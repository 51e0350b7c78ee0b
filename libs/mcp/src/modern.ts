import { isJsonObject } from './json-limits.ts';
import type { RpcError, WireObject } from './json-rpc.ts';
import { modernVersions } from './versions.ts';

/** Keys of `params._meta` and `result._meta` that the modern era defines. */
export const metaKeys = {
  protocolVersion: 'io.modelcontextprotocol/protocolVersion',
  clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
  logLevel: 'io.modelcontextprotocol/logLevel',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
  subscriptionId: 'io.modelcontextprotocol/subscriptionId',
  progressToken: 'progressToken',
} as const;

/** Error codes of the modern era; all travel with HTTP 400. */
export const modernCodes = {
  headerMismatch: -32020,
  missingClientCapability: -32021,
  unsupportedVersion: -32022,
} as const;

export interface Implementation {
  readonly name: string;
  readonly version: string;
}

/** The envelope each modern request carries in `params._meta`. */
export interface ModernEnvelope {
  readonly kind: 'envelope';
  readonly version: string;
  readonly clientCapabilities: WireObject;
  readonly clientInfo: Implementation | undefined;
  readonly logLevel: string | undefined;
  readonly progressToken: string | number | undefined;
}

export type EnvelopeFault = { readonly kind: 'missing' | 'invalid'; readonly key: string };

/** The version a body claims, or `undefined` when it carries no modern envelope. */
export function readProtocolVersion(params: WireObject | undefined): string | undefined {
  const meta = params?._meta;
  const version = isJsonObject(meta) ? meta[metaKeys.protocolVersion] : undefined;
  return typeof version === 'string' ? version : undefined;
}

/** Whether a message claims the modern era: it carries the version key, even with a wrong value. */
export function claimsModernEra(params: WireObject | undefined): boolean {
  const meta = params?._meta;
  return isJsonObject(meta) && Object.hasOwn(meta, metaKeys.protocolVersion);
}

/** Reads the required envelope of a modern request. */
export function readEnvelope(params: WireObject | undefined): ModernEnvelope | EnvelopeFault {
  const meta = params?._meta;
  if (!isJsonObject(meta)) return { kind: 'missing', key: '_meta' };
  const version = meta[metaKeys.protocolVersion];
  if (version === undefined) return { kind: 'missing', key: metaKeys.protocolVersion };
  if (typeof version !== 'string') return { kind: 'invalid', key: metaKeys.protocolVersion };
  const clientCapabilities = meta[metaKeys.clientCapabilities];
  if (clientCapabilities === undefined) return { kind: 'missing', key: metaKeys.clientCapabilities };
  if (!isJsonObject(clientCapabilities)) return { kind: 'invalid', key: metaKeys.clientCapabilities };
  const token = meta[metaKeys.progressToken];
  const logLevel = meta[metaKeys.logLevel];
  return {
    kind: 'envelope',
    version,
    clientCapabilities,
    clientInfo: readImplementation(meta[metaKeys.clientInfo]),
    logLevel: typeof logLevel === 'string' ? logLevel : undefined,
    progressToken: typeof token === 'string' || typeof token === 'number' ? token : undefined,
  };
}

/** Reads `{name, version}`; anything else is `undefined`. */
export function readImplementation(value: unknown): Implementation | undefined {
  if (!isJsonObject(value)) return undefined;
  const { name, version } = value;
  return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
}

/** Builds `params._meta` for a request to a modern upstream; no client capability is declared unless given. */
export function envelopeMeta(envelope: {
  readonly version: string;
  readonly clientInfo: Implementation;
  readonly clientCapabilities?: WireObject;
  readonly extra?: WireObject;
}): WireObject {
  return {
    ...envelope.extra,
    [metaKeys.protocolVersion]: envelope.version,
    [metaKeys.clientInfo]: envelope.clientInfo,
    [metaKeys.clientCapabilities]: envelope.clientCapabilities ?? {},
  };
}

/** How a client may keep a result. `private` never crosses authorization contexts. */
export interface CacheHints {
  readonly ttlMs: number;
  readonly cacheScope: 'public' | 'private';
}

/** Reads cache hints; absent or wrong ones mean "do not keep". */
export function readCacheHints(result: WireObject): CacheHints {
  const { ttlMs, cacheScope } = result;
  const isTtl = typeof ttlMs === 'number' && Number.isFinite(ttlMs) && ttlMs >= 0;
  return { ttlMs: isTtl ? ttlMs : 0, cacheScope: cacheScope === 'public' ? 'public' : 'private' };
}

/** Builds the result of `server/discover`. */
export function discoverResult(server: {
  readonly serverInfo: Implementation;
  readonly capabilities: WireObject;
  readonly supportedVersions: readonly string[];
  readonly hints: CacheHints;
  readonly instructions?: string;
}): WireObject {
  return {
    resultType: 'complete',
    supportedVersions: server.supportedVersions,
    capabilities: server.capabilities,
    ...(server.instructions === undefined ? {} : { instructions: server.instructions }),
    ...server.hints,
    _meta: { [metaKeys.serverInfo]: server.serverInfo },
  };
}

/** What an upstream's `server/discover` result says, or `undefined` when it is not one. */
export function readDiscoverResult(
  result: WireObject,
): { readonly supportedVersions: readonly string[]; readonly capabilities: WireObject } | undefined {
  const { supportedVersions, capabilities } = result;
  if (!Array.isArray(supportedVersions) || !isJsonObject(capabilities)) return undefined;
  return { supportedVersions: supportedVersions.filter((v) => typeof v === 'string'), capabilities };
}

/** The `resultType` of a result; clients read an absent one as `complete`. */
export function readResultType(result: WireObject): string | undefined {
  const type = result.resultType;
  if (type === undefined) return 'complete';
  return typeof type === 'string' ? type : undefined;
}

/** Makes a legacy result fit the modern era: `resultType` and our `serverInfo`. */
export function toModernResult(result: WireObject, serverInfo: Implementation): WireObject {
  const meta = isJsonObject(result._meta) ? result._meta : {};
  return { resultType: 'complete', ...result, _meta: { ...meta, [metaKeys.serverInfo]: serverInfo } };
}

/** Makes a modern result fit the legacy era, where `resultType` and cache hints are unknown words. */
export function toLegacyResult(result: WireObject): WireObject {
  const { resultType: _type, ttlMs: _ttl, cacheScope: _scope, ...rest } = result;
  return rest;
}

/** The error for a revision we do not serve. */
export function unsupportedVersionError(
  requested: string,
  supported: readonly string[] = modernVersions,
): RpcError {
  return {
    code: modernCodes.unsupportedVersion,
    message: 'Unsupported protocol version',
    data: { supported, requested },
  };
}
