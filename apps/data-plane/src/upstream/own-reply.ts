import { type RpcRequest, rpcCodes, writeError, writeResult } from '@sallyport/mcp';

/** What we answer to a server's request that goes to no client. */
export function ownReply({ id, method }: RpcRequest): string {
  if (method === 'ping') return writeResult(id, {});
  const message = `The client does not support ${method.slice(0, 64)}`;
  return writeError(id, { code: rpcCodes.methodNotFound, message });
}
