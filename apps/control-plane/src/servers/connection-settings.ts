import { AppError } from '@sallyport/kernel';
import type { ConnectionKind } from './server.model.ts';

/** How an admin describes the credential used upstream. */
export interface ConnectionSettings {
  readonly kind: ConnectionKind;
  readonly headerName?: string | null;
  readonly secret?: string | null;
}

export interface CheckedConnection {
  readonly kind: 'none' | 'bearer' | 'header' | 'query';
  /** Header name, or query parameter. */
  readonly headerName: string | null;
  /** Absent: keep the one stored. */
  readonly secret: string | null;
}

const kinds = { NONE: 'none', BEARER: 'bearer', HEADER: 'header', QUERY: 'query' } as const;
const headerNamePattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
const queryNamePattern = /^[A-Za-z0-9_.-]{1,64}$/;
/** Names that carry the protocol or the connection itself. */
const reservedHeaders =
  /^(host|connection|content-length|content-type|transfer-encoding|upgrade|te|trailer|cookie|accept|mcp-.*|proxy-.*|forwarded|x-forwarded-.*)$/i;

function fault(field: string, reason: string): AppError {
  return new AppError('invalid_input', reason, { details: { field, reason } });
}

/**
 * Checks a connection. The secret goes into a header or URL later: nothing that could split one is accepted.
 * @throws AppError `invalid_input`
 */
export function readConnection(
  input: ConnectionSettings,
  options: { readonly isNew: boolean },
): CheckedConnection {
  const kind = kinds[input.kind];
  const secret = input.secret === '' ? null : (input.secret ?? null);
  const headerName = input.headerName?.trim() || null;
  if (kind === 'none') return { kind, headerName: null, secret: null };
  if (secret !== null && (secret.length > 4096 || !/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(secret))) {
    throw fault('secret', 'the secret must be printable ASCII without line breaks, at most 4096 characters');
  }
  if (options.isNew && secret === null) throw fault('secret', 'this kind of connection needs a secret');
  if (kind === 'bearer') return { kind, headerName: null, secret };
  const pattern = kind === 'header' ? headerNamePattern : queryNamePattern;
  if (headerName === null || !pattern.test(headerName)) throw fault('headerName', 'a valid name is needed');
  if (kind === 'header' && reservedHeaders.test(headerName))
    throw fault('headerName', 'this header is reserved');
  return { kind, headerName, secret };
}
