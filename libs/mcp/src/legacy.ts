import { isJsonObject } from './json-limits.ts';
import type { WireObject } from './json-rpc.ts';
import { type Implementation, readImplementation } from './modern.ts';
import { type LegacyVersion, negotiateLegacyVersion } from './versions.ts';

/** Most members of a batch; only 2025-03-26 has batches. */
export const maxBatchMembers = 32;

/** What a client says in `initialize`. */
export interface InitializeRequest {
  readonly requestedVersion: string;
  readonly version: LegacyVersion;
  readonly clientInfo: Implementation;
  readonly capabilities: WireObject;
}

/** Reads the params of `initialize`; `undefined` when they are not valid. */
export function readInitialize(params: WireObject | undefined): InitializeRequest | undefined {
  const requestedVersion = params?.protocolVersion;
  const capabilities = params?.capabilities;
  const clientInfo = readImplementation(params?.clientInfo);
  if (typeof requestedVersion !== 'string' || !isJsonObject(capabilities) || !clientInfo) return undefined;
  return { requestedVersion, version: negotiateLegacyVersion(requestedVersion), clientInfo, capabilities };
}

/** Builds the result of `initialize`. */
export function initializeResult(server: {
  readonly version: LegacyVersion;
  readonly capabilities: WireObject;
  readonly serverInfo: Implementation;
  readonly instructions?: string;
}): WireObject {
  return {
    protocolVersion: server.version,
    capabilities: server.capabilities,
    serverInfo: server.serverInfo,
    ...(server.instructions === undefined ? {} : { instructions: server.instructions }),
  };
}

/** Params of an `initialize` that we send upstream; no client capability is declared. */
export function initializeParams(version: LegacyVersion, clientInfo: Implementation): WireObject {
  return { protocolVersion: version, capabilities: {}, clientInfo };
}

/** Reads an upstream's answer to `initialize`; `undefined` when it is not one. */
export function readInitializeResult(
  result: WireObject,
):
  | { readonly version: string; readonly capabilities: WireObject; readonly instructions: string | undefined }
  | undefined {
  const { protocolVersion: version, capabilities, instructions } = result;
  if (typeof version !== 'string' || !isJsonObject(capabilities)) return undefined;
  return { version, capabilities, instructions: typeof instructions === 'string' ? instructions : undefined };
}

export type BatchSplit =
  | { readonly kind: 'single'; readonly message: unknown }
  | { readonly kind: 'batch'; readonly members: readonly unknown[] }
  | { readonly kind: 'refused'; readonly reason: 'not_in_this_version' | 'empty' | 'too_many' };

/** Applies the batch rule: arrays exist in 2025-03-26 only, with 1 to 32 members. */
export function splitBatch(body: unknown, version: string): BatchSplit {
  if (!Array.isArray(body)) return { kind: 'single', message: body };
  if (version !== '2025-03-26') return { kind: 'refused', reason: 'not_in_this_version' };
  if (body.length === 0) return { kind: 'refused', reason: 'empty' };
  if (body.length > maxBatchMembers) return { kind: 'refused', reason: 'too_many' };
  return { kind: 'batch', members: body };
}
