import type { SnapshotServer } from '@sallyport/snapshot';
import { openBox } from '@sallyport/vault';

/** What is added to a request so that the upstream knows us; never shown, never logged. */
export interface LentCredential {
  readonly kind: 'none' | 'bearer' | 'header' | 'query';
  readonly headers: Readonly<Record<string, string>>;
  readonly query: { readonly name: string; readonly value: string } | undefined;
}

const nothing: LentCredential = { kind: 'none', headers: {}, query: undefined };

/** Opens the credential of a server with the workers' key; `undefined` when the box does not open. */
export function openCredential(
  tenantId: string,
  server: SnapshotServer,
  privateKey: string,
): LentCredential | undefined {
  const { connection } = server;
  if (connection.kind === 'none') return nothing;
  let secret: string;
  try {
    const plain = openBox({
      privateKey,
      box: connection.sealed,
      aad: `${tenantId}|${server.id}|upstream`,
    });
    secret = Buffer.from(plain).toString('utf8');
  } catch {
    return undefined;
  }
  switch (connection.kind) {
    case 'bearer':
      return { kind: 'bearer', headers: { authorization: `Bearer ${secret}` }, query: undefined };
    case 'header':
      return { kind: 'header', headers: { [connection.name.toLowerCase()]: secret }, query: undefined };
    case 'query':
      return { kind: 'query', headers: {}, query: { name: connection.name, value: secret } };
  }
}
