import { errorTable } from '@sallyport/kernel';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { ApiError, type ApiErrorCode } from './api-error.ts';

interface GraphqlError {
  readonly message: string;
  readonly extensions?: {
    readonly code?: string;
    readonly details?: Readonly<Record<string, unknown>>;
  };
}

interface GraphqlReply<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly GraphqlError[];
}

const csrfCookie = 'sp_csrf';

function readCookie(name: string): string {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
  return found === undefined ? '' : decodeURIComponent(found.slice(name.length + 1));
}

/** The SHA-256 that names an operation in the server's allow-list. */
export function hashOf(document: TypedDocumentString<unknown, never>): string {
  return String(document.__meta__?.hash ?? '').replace(/^sha256:/, '');
}

function codeOf(code: string | undefined, status: number): ApiErrorCode {
  if (code !== undefined && code in errorTable) return code as ApiErrorCode;
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'rate_limited';
  return 'internal_error';
}

/** Posts JSON as the console does: cookie, CSRF token, and `ApiError` when no answer came. */
export async function postJson(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-sallyport-csrf': readCookie(csrfCookie),
      },
      credentials: 'same-origin',
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('network', error instanceof Error ? error.message : 'no answer');
  }
}

/** Runs one persisted operation; throws `ApiError` with a stable code. */
export async function execute<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const documentId = hashOf(document as TypedDocumentString<unknown, never>);
  const response = await postJson('/graphql', { documentId, variables }, signal);
  let reply: GraphqlReply<Result>;
  try {
    reply = (await response.json()) as GraphqlReply<Result>;
  } catch {
    throw new ApiError(
      response.status >= 500 ? 'network' : codeOf(undefined, response.status),
      `HTTP ${response.status}`,
    );
  }
  const first = reply.errors?.[0];
  if (first !== undefined || reply.data === undefined || reply.data === null) {
    throw new ApiError(
      codeOf(first?.extensions?.code, response.status),
      first?.message ?? `HTTP ${response.status}`,
      first?.extensions?.details,
    );
  }
  return reply.data;
}

/** Asks for a file and hands it to the browser to keep; throws `ApiError`. */
export async function downloadJson(path: string, fileName: string): Promise<void> {
  const response = await postJson(path, {});
  if (!response.ok) {
    const reply = await readFault(response);
    throw new ApiError(codeOf(reply.code, response.status), `HTTP ${response.status}`, reply.details);
  }
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

interface Fault {
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

async function readFault(response: Response): Promise<Fault> {
  try {
    const reply = (await response.json()) as Fault & { readonly error?: Fault };
    return reply.error ?? reply;
  } catch {
    // An answer that is not JSON has only its status to say.
    return {};
  }
}

/** Trades a one-time token for a session; throws `ApiError`. */
export async function redeemToken(
  path: '/auth/link' | '/auth/invitation',
  body: Readonly<Record<string, string>>,
): Promise<void> {
  const response = await postJson(path, body);
  if (response.ok) return;
  const { code } = await readFault(response);
  throw new ApiError(codeOf(code, response.status), `HTTP ${response.status}`);
}

/** Ends the session on the server and clears its cookies. */
export async function endSession(): Promise<void> {
  await postJson('/auth/sign-out', {});
}
