import { decodeHeaderText, encodeHeaderText } from './header-text.ts';
import { isJsonObject } from './json-limits.ts';
import type { RpcNotification, RpcRequest, WireObject } from './json-rpc.ts';
import { readProtocolVersion } from './modern.ts';
import type { HeaderParameter } from './parameter-headers.ts';

/** Header names in lower case, as `node:http` gives them. */
export type HeaderBag = Readonly<Record<string, string | readonly string[] | undefined>>;

export const headerNames = {
  version: 'mcp-protocol-version',
  method: 'mcp-method',
  name: 'mcp-name',
  session: 'mcp-session-id',
  parameterPrefix: 'mcp-param-',
} as const;

/** A mirrored header that does not say what the body says. */
export interface HeaderMismatch {
  readonly kind: 'header_mismatch';
  readonly header: string;
  readonly problem: 'missing' | 'repeated' | 'bad_characters' | 'differs';
}

/** Which field of `params` the `Mcp-Name` header mirrors, by method. */
const nameSources: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
  'tasks/get': 'taskId',
  'tasks/update': 'taskId',
  'tasks/cancel': 'taskId',
};

/** The text that `Mcp-Name` must mirror; `undefined` when the method has none. */
export function mirroredName(method: string, params: WireObject | undefined): string | undefined {
  const field = Object.hasOwn(nameSources, method) ? nameSources[method] : undefined;
  const value = field === undefined ? undefined : params?.[field];
  return typeof value === 'string' ? value : undefined;
}

/**
 * Compares the mirrored headers of a modern message with its body. Requests must carry them;
 * notifications may leave them out, but what they carry must agree.
 */
export function findHeaderMismatch(
  headers: HeaderBag,
  message: RpcRequest | RpcNotification,
): HeaderMismatch | undefined {
  const required = message.kind === 'request';
  const version = readProtocolVersion(message.params);
  return (
    compare(headers, headerNames.version, version, required) ??
    compare(headers, headerNames.method, message.method, required) ??
    compare(headers, headerNames.name, mirroredName(message.method, message.params), required)
  );
}

/** Compares `Mcp-Param-*` headers with the arguments, for the parameters a tool's schema marks. */
export function findParameterMismatch(
  headers: HeaderBag,
  parameters: readonly HeaderParameter[],
  args: WireObject | undefined,
): HeaderMismatch | undefined {
  for (const parameter of parameters) {
    const name = headerNames.parameterPrefix + parameter.headerName.toLowerCase();
    const expected = parameterText(args, parameter.path);
    const fault = expected === undefined ? unexpected(headers, name) : compare(headers, name, expected, true);
    if (fault) return fault;
  }
  return undefined;
}

/** The headers a modern request to an upstream must carry. */
export function mirroredHeaders(request: {
  readonly version: string;
  readonly method: string;
  readonly params: WireObject | undefined;
  readonly parameters?: readonly HeaderParameter[];
}): Record<string, string> {
  const headers: Record<string, string> = {
    [headerNames.version]: request.version,
    [headerNames.method]: encodeHeaderText(request.method),
  };
  const name = mirroredName(request.method, request.params);
  if (name !== undefined) headers[headerNames.name] = encodeHeaderText(name);
  const args = request.params?.arguments;
  for (const parameter of request.parameters ?? []) {
    const text = isJsonObject(args) ? parameterText(args, parameter.path) : undefined;
    if (text === undefined) continue;
    headers[headerNames.parameterPrefix + parameter.headerName.toLowerCase()] = encodeHeaderText(text);
  }
  return headers;
}

/** One header's value; an array or a joined repeat counts as repeated. */
export function headerValue(headers: HeaderBag, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

function compare(
  headers: HeaderBag,
  header: string,
  expected: string | undefined,
  required: boolean,
): HeaderMismatch | undefined {
  const raw = headers[header];
  if (expected === undefined) return undefined;
  if (raw === undefined) return required ? mismatch(header, 'missing') : undefined;
  if (typeof raw !== 'string') return mismatch(header, 'repeated');
  const text = decodeHeaderText(raw);
  if (text === undefined) return mismatch(header, 'bad_characters');
  return text === expected ? undefined : mismatch(header, 'differs');
}

function unexpected(headers: HeaderBag, header: string): HeaderMismatch | undefined {
  return headers[header] === undefined ? undefined : mismatch(header, 'differs');
}

function mismatch(header: string, problem: HeaderMismatch['problem']): HeaderMismatch {
  return { kind: 'header_mismatch', header, problem };
}

function parameterText(args: WireObject | undefined, path: readonly string[]): string | undefined {
  let node: unknown = args;
  for (const key of path) node = isJsonObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  if (typeof node === 'string') return node;
  if (typeof node === 'boolean') return String(node);
  return typeof node === 'number' && Number.isSafeInteger(node) ? String(node) : undefined;
}
