import { codeAt } from '../automaton.ts';
import { type AssignedValue, assignedValue } from './assigned-value.ts';
import type { Candidate } from './found.ts';
import { entropyOf, isDigestOrUuid, isPlaceholder, looksRandom } from './looks-random.ts';
import type { SensitiveType } from './sensitive-type.ts';
import { alphabets, isDigitAt, isWordAt, runEnd } from './units.ts';

/** What a name of a secret promises of its value. */
export type SecretNameKind = 'password' | 'token' | 'key' | 'bearer' | 'basic' | 'aws' | 'header';

/** Names (folded literals) after which a secret stands. */
export const secretNames: readonly (readonly [SecretNameKind, readonly string[]])[] = [
  [
    'password',
    [
      ...['password*', 'passwd*', 'passphrase*', 'passcode', 'pass', 'pwd', 'pw', 'pin code', 'pincode'],
      ...['userpassword', 'dbpassword', 'dbpass', 'adminpassword', 'rootpassword', 'db_pass', 'sshpass'],
      ...['smtp_pass', 'pgpassword', 'mysql_pwd', 'redis_pass', 'requirepass', 'masterauth', 'logon code'],
      ...['passwort*', 'kennwort*', 'zugangscode', 'mot de passe', 'motdepasse', 'mdp', 'contrasena*'],
      ...['clave de acceso', 'senha', 'palavra-passe', 'parola', 'wachtwoord', 'losenord', 'adgangskode'],
      ...['passord', 'salasana', 'haslo', 'heslo', 'jelszo', 'sifre', 'mat khau', 'kata sandi', 'parool'],
      ...['one-time code', 'otp', 'security answer', 'recovery code', 'backup code', 'verification code'],
    ],
  ],
  [
    'token',
    [
      ...['token', 'access_token', 'access-token', 'accesstoken', 'access token', 'auth_token', 'authtoken'],
      ...['auth-token', 'auth token', 'api_token', 'apitoken', 'api-token', 'api token', 'refresh_token'],
      ...['refreshtoken', 'id_token', 'idtoken', 'bot_token', 'bottoken', 'bot token', 'session_token'],
      ...['sessiontoken', 'security_token', 'user_token', 'service_token', 'deploy_token', 'ci_token'],
      ...['private_token', 'private-token', 'x-auth-token', 'x-vault-token', 'personal access token', 'pat'],
      ...['jwt', 'phpsessid', 'jsessionid', 'connect.sid', 'cookie'],
      ...['x-amz-security-token', 'webhook_url', 'jeton', 'token d*'],
    ],
  ],
  [
    'key',
    [
      ...['secret', 'client_secret', 'clientsecret', 'client-secret', 'client secret', 'app_secret'],
      ...['appsecret', 'app secret', 'secret_key', 'secretkey', 'secret-key', 'secret key', 'shared_secret'],
      ...[
        'shared secret',
        'webhook_secret',
        'signing_secret',
        'signing secret',
        'jwt_secret',
        'secret_token',
      ],
      ...['consumer_secret', 'api_secret', 'apisecret', 'api-secret', 'api secret', 'secret_key_base'],
      ...['api_key', 'apikey', 'api-key', 'api key', 'x-api-key', 'x-apikey', 'access_key', 'accesskey'],
      ...['access-key', 'access key', 'private_key', 'privatekey', 'private key', 'auth_key', 'authkey'],
      ...[
        'account_key',
        'accountkey',
        'account key',
        'sharedaccesskey',
        'sharedaccesssignature',
        'master_key',
      ],
      ...['masterkey', 'master key', 'encryption_key', 'encryptionkey', 'encryption key', 'signing_key'],
      ...['signingkey', 'signing key', 'storage_key', 'storage key', 'subscription-key', 'subscription key'],
      ...['subscription_key', 'ocp-apim-subscription-key', 'service_key', 'app_key', 'appkey', 'app key'],
      ...[
        'application_key',
        'license_key',
        'license key',
        'instrumentation_key',
        'credential',
        'credentials',
      ],
      ...['creds', 'totp_secret', 'otp_secret', 'hmac', 'schlussel', 'api-schlussel', 'geheimnis'],
      ...['cle api', 'cle secrete', 'cle d*', 'clave api', 'clave secreta', 'chave de api', 'chave secreta'],
    ],
  ],
  ['bearer', ['bearer']],
  ['basic', ['basic']],
  ['header', ['authorization', 'proxy-authorization', 'x-authorization']],
  [
    'aws',
    [
      ...['aws_secret_access_key', 'aws_secret_key', 'aws_secret', 'aws secret', 'aws secret access key'],
      ...['secretaccesskey', 'secret_access_key', 'secret access key', 'secret-access-key', 'awssecretkey'],
      ...['aws_secret_access_key_id', 'aws.secretkey', 'awssecretaccesskey', 'secret_access'],
    ],
  ],
];

const maxSecret = 512;

/** The secret that stands after a name which ends at `end`, if there is one. */
export function contextSecret(
  text: string,
  kind: SecretNameKind,
  start: number,
  end: number,
): Candidate | undefined {
  if (kind === 'bearer' || kind === 'basic') return schemeSecret(text, kind, end);
  const value = assignedValue(text, end, maxSecret);
  if (value === undefined || isOtherName(text, start, value)) return undefined;
  const place = trimScheme(text, value);
  if (place === undefined) return undefined;
  if (kind === 'aws') return awsSecret(text, place);
  if (value.operator === 'space') return undefined;
  const held = text.slice(place.start, place.end);
  if (isExpression(held, value.isQuoted)) return undefined;
  return kind === 'password' ? password(held, value, place) : tokenOrKey(text, held, { value, place, kind });
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Names that only look like names of secrets: places in a list, public halves, counters, kinds. */
const otherTails: readonly string[] = [
  ...['id', 'type', 'name', 'count', 'limit', 'usage', 'url', 'uri', 'file', 'path', 'hash', 'hint', 'field'],
  ...['expires', 'expiry', 'length', 'policy', 'ring', 'version', 'size', 'label', 'placeholder', 'endpoint'],
  ...[
    'env',
    'ref',
    'rotation',
    'reset',
    'manager',
    'store',
    'at',
    'in',
    'required',
    'arn',
    'alias',
    'key_id',
  ],
  ...['keyid', 'protected', 'strength', 'min', 'max', 's', 'word', 'less', 'port', 'card', 'phrase'],
];
const otherHeads: readonly string[] = [
  ...['page', 'next', 'previous', 'prev', 'continuation', 'cursor', 'sync', 'public', 'max', 'num', 'total'],
  ...['input', 'output', 'prompt', 'completion', 'csrf', 'xsrf', 'idempotency', 'forgot', 'reset', 'push'],
  ...['pagination', 'publishable', 'watch', 'resume', 'delta', 'change', 'no', 'sort', 'stop', 'eos', 'pad'],
];

function isOtherName(text: string, start: number, { nameTail }: AssignedValue): boolean {
  const tail = nameTail.toLowerCase().replace(/^[_.-]+/, '');
  if (tail !== '' && otherTails.some((entry) => tail === entry || tail.startsWith(`${entry}_`))) return true;
  const head = text.slice(Math.max(0, start - 16), start).toLowerCase();
  return otherHeads.some(
    (entry) => head.endsWith(`${entry}_`) || head.endsWith(`${entry}-`) || head.endsWith(`${entry} `),
  );
}

/** `Bearer x` and `Basic x` on the right of a name: the word is not part of the secret. */
function trimScheme(text: string, { start, end }: AssignedValue): Place | undefined {
  const head = text.slice(start, start + 7).toLowerCase();
  if (head.startsWith('bearer') || head.startsWith('basic')) return undefined;
  for (const scheme of ['token ', 'token=', 'apikey ', 'bot ']) {
    if (text.slice(start, start + scheme.length).toLowerCase() !== scheme) continue;
    const from = start + scheme.length;
    return { start: from, end: end > from ? end : runEnd(text, from, alphabets.t, maxSecret) };
  }
  return { start, end };
}

const typeWords: ReadonlySet<string> = new Set([
  ...['string', 'number', 'boolean', 'null', 'none', 'true', 'false', 'undefined', 'required', 'optional'],
  ...['text', 'password', 'secret', 'token', 'hidden', 'str', 'nil', 'empty', 'unset', 'varchar', 'char'],
  ...['invalid', 'incorrect', 'expired', 'missing', 'wrong', 'input', 'object', 'any', 'bytes', 'prompt'],
  ...['integer', 'int', 'bool', 'array', 'unknown', 'disabled', 'enabled', 'changed', 'not', 'never', 'yes'],
]);

/** Code, references to variables, placeholders: what stands for a value instead of being one. */
function isExpression(held: string, isQuoted: boolean): boolean {
  const first = held.charAt(0);
  if ('$<{%[(@#&'.includes(first) && (first !== '$' || held.length < 20) && (first !== '#' || !isQuoted))
    return true;
  if (held.includes('${') || held.includes('{{') || held.includes('…') || held.includes('<')) return true;
  if (typeWords.has(held.toLowerCase())) return true;
  if (!isQuoted && (held.includes('(') || held.includes('[') || isMemberPath(held))) return true;
  return isPlaceholder(held);
}

/** `process.env.X`, `config.password`: names parted by dots. */
function isMemberPath(held: string): boolean {
  const parts = held.replaceAll('?.', '.').split('.');
  if (parts.length < 2 || held.length > 80) return false;
  return (
    parts.every((part) => part.length > 0 && !isDigitAt(part, 0) && isName(part)) && entropyOf(held) < 4.6
  );
}

/** `LentCredential`: letters alone whose case seldom changes. */
function isIdentifier(held: string): boolean {
  if (/[^A-Za-z_]/.test(held)) return false;
  const changes = held.replace(/_/g, '').match(/[a-z][A-Z]/g)?.length ?? 0;
  return changes < held.length / 6;
}

function isName(part: string): boolean {
  for (let i = 0; i < part.length; i += 1) if (!isWordAt(part, i) && codeAt(part, i) !== 0x5f) return false;
  return true;
}

function password(held: string, value: AssignedValue, place: Place): Candidate | undefined {
  if (held.length < 4 || held.length > 128 || held.includes(' ')) return undefined;
  const hasDigit = /\d/.test(held);
  const hasSign = /[^A-Za-z0-9]/.test(held.slice(1, -1));
  const isMixed = /[a-z]/.test(held) && /[A-Z]/.test(held.slice(1));
  const isLikely = hasDigit || hasSign || isMixed;
  if (value.operator === 'word' && !(hasDigit && held.length >= 6)) return undefined;
  // Without quotes, letters alone are a word or the name of something.
  if (!value.isQuoted && isName(held) && !hasDigit) return undefined;
  if (!isLikely && (!value.isQuoted || held.length < 6)) return undefined;
  if (isUrl(held) || held.startsWith('/')) return undefined;
  return candidate(place, 'PASSWORD', null, isLikely ? 0.85 : 0.6);
}

function isUrl(held: string): boolean {
  return held.includes('://') || held.startsWith('http');
}

interface NamedToken {
  readonly value: AssignedValue;
  readonly place: Place;
  readonly kind: SecretNameKind;
}

function tokenOrKey(text: string, held: string, { value, place, kind }: NamedToken): Candidate | undefined {
  const least = kind === 'key' ? 10 : 16;
  if (held.length < least || held.includes(' ') || isUrl(held)) return undefined;
  const isId = isDigestOrUuid(held);
  if (isId && (value.operator !== 'sign' || kind === 'token')) {
    if (held.length === 40 && kind === 'token' && value.operator === 'sign') return named(place, kind);
    return isId && kind === 'token' && held.length === 36 ? undefined : named(place, kind);
  }
  if (!looksRandom(text, place.start, place.end) || entropyOf(held) < 2.8) return undefined;
  if (isIdentifier(held)) return undefined;
  return named(place, kind);
}

function named(place: Place, kind: SecretNameKind): Candidate {
  return kind === 'header'
    ? candidate(place, 'BEARER_TOKEN', null, 0.85)
    : candidate(place, 'API_KEY', kind === 'token' ? 'named_token' : 'named_key', 0.8);
}

/** `Bearer` and `Basic` of an Authorization header: a blank, then the token. */
function schemeSecret(text: string, kind: 'bearer' | 'basic', end: number): Candidate | undefined {
  let start = end;
  while (start < end + 4 && (codeAt(text, start) === 0x20 || codeAt(text, start) === 0x3a)) start += 1;
  if (start === end) return undefined;
  const stop = trimDot(text, start, runEnd(text, start, alphabets.t, 4096));
  const held = text.slice(start, stop);
  if (isPlaceholder(held) || codeAt(text, stop) === 0x3e) return undefined;
  if (kind === 'basic') {
    const isCode = held.length >= 12 && held.length % 4 === 0 && looksRandom(text, start, stop);
    return isCode ? candidate({ start, end: stop }, 'BASIC_AUTH', null, 0.8) : undefined;
  }
  if (held.length < 16 || !looksRandom(text, start, stop)) return undefined;
  return candidate({ start, end: stop }, 'BEARER_TOKEN', null, 0.9);
}

function trimDot(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && codeAt(text, at - 1) === 0x2e) at -= 1;
  return at;
}

/** An AWS secret key is 40 units of base64, nothing else. */
function awsSecret(text: string, { start }: Place): Candidate | undefined {
  const end = runEnd(text, start, alphabets.b, 60);
  return isAwsSecret(text, start, end) ? candidate({ start, end }, 'AWS_SECRET_KEY', null, 0.95) : undefined;
}

/** Whether a run has the length and the look of an AWS secret key and is no digest. */
export function isAwsSecret(text: string, start: number, end: number): boolean {
  if (end - start !== 40) return false;
  const held = text.slice(start, end);
  return /[a-z]/.test(held) && /[A-Z]/.test(held) && looksRandom(text, start, end) && !isPlaceholder(held);
}

function candidate(place: Place, type: SensitiveType, detail: string | null, confidence: number): Candidate {
  return { ...place, type, detail, confidence, proof: 0 };
}
