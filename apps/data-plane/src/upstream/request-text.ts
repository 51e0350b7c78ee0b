import { type HeaderParameter, metaKeys, mirroredHeaders, type WireObject } from '@sallyport/mcp';
import { parametersOf } from '../config/tool-parameters.ts';
import type { ExchangeInput } from './turn.ts';
import { acceptBoth, type UpstreamSession } from './upstream-session.ts';

/** The JSON-RPC request as text; made by hand, because it is made for every call. */
export function requestText(input: ExchangeInput, session: UpstreamSession, id: number): string {
  const { paramsText } = input;
  const more = retryOf(input) + metaOf(input, session, id);
  const params =
    more === ''
      ? paramsText
      : paramsText === '{}'
        ? `{${more.slice(1)}}`
        : `${paramsText.slice(0, -1)}${more}}`;
  return `{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(input.method)},"params":${params}}`;
}

function retryOf({ input }: ExchangeInput): string {
  if (input === null) return '';
  const state = input.state === null ? '' : `,"requestState":${JSON.stringify(input.state)}`;
  return `,"inputResponses":${JSON.stringify(input.responses)}${state}`;
}

function metaOf(input: ExchangeInput, session: UpstreamSession, id: number): string {
  const passed = input.passMeta === null ? '' : passedMembers(input.passMeta);
  // The caller's own token never leaves; the id of our request is as good a token as any.
  const token = input.wantsProgress ? `"progressToken":${id}` : '';
  const envelope = session.era === 'modern' ? envelopeMembers(input, session.metaHead) : '';
  const members = [passed, token, envelope].filter((part) => part !== '').join(',');
  return members === '' ? '' : `,"_meta":{${members}}`;
}

function envelopeMembers({ clientCapabilities, logLevel }: ExchangeInput, head: string): string {
  const level = logLevel === null ? '' : `,"${metaKeys.logLevel}":${JSON.stringify(logLevel)}`;
  return `${head}${JSON.stringify(clientCapabilities)}${level}`;
}

const ownKeys: ReadonlySet<string> = new Set(Object.values(metaKeys));

/** Other members of `_meta`, as they came; what the envelope says is said by us. */
function passedMembers(meta: WireObject): string {
  const kept = Object.entries(meta).filter(([key]) => !ownKeys.has(key) && !key.startsWith('sallyport/'));
  return kept.length === 0 ? '' : JSON.stringify(Object.fromEntries(kept)).slice(1, -1);
}

/** The headers of a request, those that mirror its body included. */
export function requestHeaders(input: ExchangeInput, session: UpstreamSession): Record<string, string> {
  const { credential, method, params, tool } = input;
  if (session.era === 'legacy') return { ...acceptBoth, ...session.headers, ...credential.headers };
  const parameters = tool && method === 'tools/call' ? parametersOf(tool) : noParameters;
  const mirrored = mirroredHeaders({ version: session.version, method, params, parameters });
  return { ...acceptBoth, ...mirrored, ...credential.headers };
}

const noParameters: readonly HeaderParameter[] = [];
