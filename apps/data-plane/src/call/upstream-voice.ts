import { errorTable } from '@sallyport/kernel';
import { isJsonObject, modernCodes, type RpcError, rpcCodes, type WireObject } from '@sallyport/mcp';
import { wireErrors } from '../wire/error-table.ts';

const ownPrefix = 'sallyport/';
const standardCodes: ReadonlySet<number> = new Set([
  ...Object.values(rpcCodes),
  ...Object.values(modernCodes),
]);
/** JSON-RPC codes that only the gateway says. */
const ownRpcCodes: ReadonlySet<number> = new Set(
  Object.values(wireErrors)
    .map(({ rpc }) => rpc)
    .filter((rpc) => !standardCodes.has(rpc)),
);

/** An upstream's result without the `_meta` keys by which the gateway speaks. */
export function withoutOwnMeta(result: WireObject): WireObject {
  const meta = result._meta;
  if (!isJsonObject(meta) || !Object.keys(meta).some((key) => key.startsWith(ownPrefix))) return result;
  const kept = Object.entries(meta).filter(([key]) => !key.startsWith(ownPrefix));
  return { ...result, _meta: Object.fromEntries(kept) };
}

/** An upstream's error; one that looks like ours is nested under `upstream`, so that nobody takes it for ours. */
export function asUpstreamError(error: RpcError): RpcError {
  const { code, data } = error;
  const hasOwnRpc = ownRpcCodes.has(code);
  const hasOwnData =
    isJsonObject(data) && typeof data.code === 'string' && Object.hasOwn(errorTable, data.code);
  if (!hasOwnRpc && !hasOwnData) return error;
  return { ...error, code: hasOwnRpc ? rpcCodes.internalError : code, data: { upstream: { code, data } } };
}
