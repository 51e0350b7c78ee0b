import { hash } from 'node:crypto';

/** What a cursor is bound to: it opens nothing anywhere else. */
export interface CursorScope {
  readonly endpointId: string;
  readonly agentId: string;
  readonly list: string;
  /** Version of the configuration: a list that may have changed is begun again. */
  readonly version: number;
}

const cursorPattern = /^[A-Za-z0-9_-]{1,64}$/;

function checkOf(scope: CursorScope, page: number): string {
  const { endpointId, agentId, list, version } = scope;
  return hash('sha256', `cursor|${endpointId}|${agentId}|${list}|${version}|${page}`, 'hex').slice(0, 16);
}

/** Writes the cursor of a page. */
export function writeCursor(scope: CursorScope, page: number): string {
  return Buffer.from(`${page}.${checkOf(scope, page)}`).toString('base64url');
}

/** The page that a cursor names; `undefined` for one that is not of this list as it is now. */
export function readCursor(scope: CursorScope, cursor: unknown): number | undefined {
  if (typeof cursor !== 'string' || !cursorPattern.test(cursor)) return undefined;
  const [digits = '', check] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  if (!/^\d{1,6}$/.test(digits)) return undefined;
  const page = Number(digits);
  return check === checkOf(scope, page) && writeCursor(scope, page) === cursor ? page : undefined;
}
