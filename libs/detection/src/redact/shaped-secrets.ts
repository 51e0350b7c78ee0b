import { codeAt } from '../automaton.ts';
import type { Candidate } from './found.ts';
import { isPlaceholder, looksRandom } from './looks-random.ts';
import type { SensitiveType } from './sensitive-type.ts';
import { alphabets, inSet, isBlankAt, isDigitAt, isWordAt, runEnd, runStart, unitSet } from './units.ts';

/** Secrets that their form gives away rather than a prefix. */
export type ShapedKind = 'pem' | 'jwt' | 'url' | 'azure' | 'azure_client';

const pemNames: readonly string[] = [
  ...['', 'rsa ', 'ec ', 'dsa ', 'openssh ', 'encrypted ', 'ssh2 encrypted ', 'any '].map(
    (name) => `${name}private key-----`,
  ),
  'pgp private key block-----',
];

export const shapedLiterals: readonly (readonly [string, ShapedKind])[] = [
  ...pemNames.map((name) => [`-----${'begin'} ${name}`, 'pem'] as const),
  [`${'ey'}j*`, 'jwt'],
  ['://', 'url'],
  ['accountkey=*', 'azure'],
  ['sharedaccesskey=*', 'azure'],
  ['~', 'azure_client'],
];

/** The secret that the literal between `start` and `end` belongs to. Work is bounded by the length of the secret. */
export function shapedSecret(
  text: string,
  kind: ShapedKind,
  start: number,
  end: number,
): Candidate | undefined {
  switch (kind) {
    case 'pem':
      return pem(text, start, end);
    case 'jwt':
      return jwt(text, start);
    case 'url':
      return urlCredentials(text, start);
    case 'azure':
      return connectionString(text, start, end);
    default:
      return azureClient(text, start, end);
  }
}

const maxPem = 16 * 1024;
const maxKeyHeader = 320;
const minPemRun = 32;
const keyUnits = unitSet('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=\\ \n\r\t:,.-@()');

function pem(text: string, start: number, end: number): Candidate | undefined {
  // A header alone is documentation ("starts with -----BEGIN …"), not a key.
  if (!hasKeyBody(text, end)) return undefined;
  const stop = keyEnd(text, end);
  const footer = text.startsWith('-----END', stop) ? text.slice(stop + 8, stop + 64).indexOf('-----') : -1;
  return found(start, footer < 0 ? stop : stop + 13 + footer, 'PRIVATE_KEY', 0.99, end - start);
}

/** A long run of base64 soon after the header; lines of attributes may stand between. */
function hasKeyBody(text: string, from: number): boolean {
  const cap = Math.min(text.length, from + maxKeyHeader);
  let run = 0;
  for (let at = from; at < cap && run < minPemRun; at += 1) {
    if (isFooterAt(text, at)) return false;
    run = inSet(alphabets.b, text, at) ? run + 1 : 0;
  }
  return run >= minPemRun;
}

function isFooterAt(text: string, at: number): boolean {
  return codeAt(text, at) === 0x2d && text.startsWith('-----', at);
}

/** The key reaches to its footer, whatever stands in its lines; without one, to where its letters end. */
function keyEnd(text: string, from: number): number {
  const footer = text.slice(from, from + maxPem).indexOf('-----END');
  if (footer >= 0) return from + footer;
  const cap = Math.min(text.length, from + maxPem);
  let at = from;
  while (at < cap && inSet(keyUnits, text, at) && !isFooterAt(text, at)) at += 1;
  if (isFooterAt(text, at)) return at;
  while (at > from && isBlankAt(text, at - 1)) at -= 1;
  return at;
}

const maxJwt = 8192;
const maxJwtHead = 1024;
/** An encrypted one has five. */
const maxJwtParts = 5;

function jwt(text: string, start: number): Candidate | undefined {
  if (codeAt(text, start) !== 0x65 || codeAt(text, start + 1) !== 0x79 || codeAt(text, start + 2) !== 0x4a) {
    return undefined;
  }
  if (inSet(alphabets.d, text, start - 1)) return undefined;
  if (!text.slice(start, start + maxJwtHead).includes('.')) return undefined;
  let end = jwtEnd(text, start);
  while (end > start && codeAt(text, end - 1) === 0x2e) end -= 1;
  const held = text.slice(start, end);
  const first = held.indexOf('.');
  const second = held.indexOf('.', first + 1);
  if (first < 0 || second <= first + 4 || second >= held.length - 4 || held.length < 40) return undefined;
  return looksRandom(text, start, end) ? found(start, end, 'JWT', 0.97, 3) : undefined;
}

/** Bounded by its parts: what begins again and again (`eyJ.eyJ.eyJ.`) is not read to its end each time. */
function jwtEnd(text: string, start: number): number {
  const cap = start + maxJwt;
  let dotsLeft = maxJwtParts;
  let at = start;
  for (; at < cap && inSet(alphabets.o, text, at); at += 1) {
    if (codeAt(text, at) === 0x2e) dotsLeft -= 1;
    if (dotsLeft === 0) return at;
  }
  return at;
}

const schemeUnits = unitSet('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-');
const userInfoEnds = unitSet(' \t\n\r"\'`<>|\\^');
const urlEnds = unitSet(' \t\n\r"\'`<>|\\^');
const maxUserInfo = 512;
const maxUrl = 2048;

const databaseSchemes: ReadonlySet<string> = new Set([
  ...['postgres', 'postgresql', 'mysql', 'mysqlx', 'mariadb', 'mongodb', 'mongodb+srv', 'redis', 'rediss'],
  ...['amqp', 'amqps', 'mssql', 'sqlserver', 'oracle', 'cassandra', 'neo4j', 'neo4j+s', 'bolt', 'bolt+s'],
  ...['clickhouse', 'couchdb', 'cockroachdb', 'db2', 'firebird', 'sqlite', 'nats', 'kafka', 'snowflake'],
  ...['elasticsearch', 'influxdb', 'memcached', 'valkey', 'timescaledb', 'jdbc', 'libsql', 'crdb', 'pgsql'],
  ...['postgresql+psycopg2', 'postgresql+asyncpg', 'mysql+pymysql', 'postgres+asyncpg', 'mysql2', 'tidb'],
]);

/** `scheme://user:password@host`: a database URL is a secret as a whole, of others the user info. */
function urlCredentials(text: string, at: number): Candidate | undefined {
  const schemeStart = runStart(text, at, schemeUnits, 24);
  const scheme = text.slice(schemeStart, at).toLowerCase();
  if (scheme.length < 2) return undefined;
  const from = at + 3;
  const stop = userInfoEnd(text, from);
  if (stop < 0) return undefined;
  const info = text.slice(from, stop);
  const colon = info.indexOf(':');
  if (colon < 0) return tokenInUrl(text, from, stop);
  if (isShownPassword(info.slice(colon + 1), info.slice(0, colon))) return undefined;
  if (!databaseSchemes.has(scheme)) return found(from, stop, 'URL_CREDENTIALS', 0.9, 4);
  return found(schemeStart, urlEnd(text, stop), 'DB_URL', 0.97, at + 3 - schemeStart);
}

/** Place of the `@` that ends the user info, or -1. */
function userInfoEnd(text: string, from: number): number {
  const cap = Math.min(text.length, from + maxUserInfo);
  let last = -1;
  for (let at = from; at < cap && !inSet(userInfoEnds, text, at); at += 1) {
    const unit = codeAt(text, at);
    if (unit === 0x40) last = at;
    else if (unit === 0x2f || unit === 0x3f || unit === 0x23) break;
  }
  return last;
}

/** `https://token@host`. */
function tokenInUrl(text: string, from: number, stop: number): Candidate | undefined {
  if (stop - from < 16 || !looksRandom(text, from, stop)) return undefined;
  const held = text.slice(from, stop);
  if (held.includes('{') || held.includes('$') || isPlaceholder(held)) return undefined;
  return found(from, stop, 'URL_CREDENTIALS', 0.8, 0);
}

const shownPasswords: ReadonlySet<string> = new Set([
  ...['password', 'pass', 'passwd', 'pwd', 'secret', 'pw', 'user', 'token', 'postgres', 'root', 'guest'],
  ...['mypassword', 'yourpassword', 'db_password', 'dbpassword', 'x', 'xxx', 'xxxxx', 'changeme', 'passwort'],
]);

function isShownPassword(secret: string, user: string): boolean {
  if (secret === '' || shownPasswords.has(secret.toLowerCase())) return true;
  if ('$<{[%('.includes(secret.charAt(0)) || secret.includes('${')) return true;
  return isPlaceholder(secret) || secret === user || secret.startsWith('*');
}

function urlEnd(text: string, from: number): number {
  const cap = Math.min(text.length, from + maxUrl);
  let at = from;
  while (at < cap && !inSet(urlEnds, text, at)) at += 1;
  return trimPunctuation(text, from, at);
}

const sentenceSigns = unitSet('.,;:!?)]}');

function trimPunctuation(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && inSet(sentenceSigns, text, at - 1)) at -= 1;
  return at;
}

const pairUnits = unitSet('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=;:.-_?&%');

const pairEnds = unitSet('.;:?&');

/** A connection string of Azure: pairs parted by `;`, one of them the key. */
function connectionString(text: string, start: number, end: number): Candidate | undefined {
  const stop = runEnd(text, end, alphabets.B, 128);
  if (stop - end < 40 || !looksRandom(text, end, stop)) return undefined;
  if (isPlaceholder(text.slice(end, stop))) return undefined;
  const from = runStart(text, start, pairUnits, 400);
  let last = runEnd(text, stop, pairUnits, 400);
  while (last > stop && inSet(pairEnds, text, last - 1)) last -= 1;
  const head = connectionHead(text, from, start);
  return found(head, last, 'AZURE_CONN', 0.97, end - start);
}

/** The pairs before the key belong to it; the name it was assigned to does not. */
function connectionHead(text: string, from: number, start: number): number {
  const piece = text.slice(from, start).toLowerCase();
  for (const head of [
    'defaultendpointsprotocol=',
    'endpoint=',
    'blobendpoint=',
    'accountname=',
    'hostname=',
  ]) {
    const at = piece.indexOf(head);
    if (at >= 0) return from + at;
  }
  return start;
}

/** A client secret of Entra: three units, a digit, `Q~`, 31 to 34 units. */
function azureClient(text: string, start: number, end: number): Candidate | undefined {
  const from = start - 5;
  if (from < 0 || isWordAt(text, from - 1) || codeAt(text, start - 1) !== 0x51) return undefined;
  if (!isDigitAt(text, start - 2)) return undefined;
  const stop = runEnd(text, end, alphabets.t, 40);
  const length = stop - end;
  if (length < 31 || length > 34 || !looksRandom(text, end, stop)) return undefined;
  return { ...found(from, stop, 'API_KEY', 0.95, 2), detail: 'azure_client_secret' };
}

function found(
  start: number,
  end: number,
  type: SensitiveType,
  confidence: number,
  proof: number,
): Candidate {
  return { start, end, type, detail: null, confidence, proof };
}
