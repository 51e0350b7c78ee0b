/** What stands where a secret was. */
export const redacted = '[redacted]';

/** A field whose name has one of these words is never printed, whatever it holds. */
const secretWords: ReadonlySet<string> = new Set([
  'authorization',
  'bearer',
  'cookie',
  'cookies',
  'credential',
  'credentials',
  'csrf',
  'dek',
  'kek',
  'passphrase',
  'passwd',
  'password',
  'passwords',
  'plaintext',
  'sealed',
  'secret',
  'secrets',
  'sig',
  'signature',
  'token',
  'tokens',
]);
/** A name that ends in one of these is a key itself (`apiKey`, `x-api-key`), while `keyId` and `keyPrefix` are not. */
const keyWords: ReadonlySet<string> = new Set(['key', 'keys', 'apikey', 'privatekey']);

/** Secrets that travel inside text: error messages, URLs, copied headers. */
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[\w.~+/-]{8,}=*/gi, `$1 ${redacted}`],
  [/\bsp_[A-Za-z0-9_-]{12,}/g, redacted],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, redacted],
  [/([?&#](?:[\w-]*(?:key|token|secret|password|signature))=)[^&#\s"']+/gi, `$1${redacted}`],
  [/(\/\/[^/\s:@"']*:)[^/\s@"']+@/g, `$1${redacted}@`],
];

const maxDepth = 12;

/** Whether a field of this name may hold a secret; knows camelCase, snake_case and kebab-case. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words.some((word) => secretWords.has(word)) || keyWords.has(words.at(-1) ?? '');
}

/** Removes secrets that have a recognisable form from a text. */
export function redactText(text: string): string {
  let clean = text;
  for (const [pattern, replacement] of secretTexts) clean = clean.replace(pattern, replacement);
  return clean;
}

/** A copy without secrets: fields by name at any depth, texts by form; what lies too deep is cut. */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[too deep]';
  if (Array.isArray(value)) return value.map((member) => redactValue(member, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      redactText(name),
      isSecretName(name) && isPrintable(member) ? redacted : redactValue(member, depth + 1),
    ]),
  );
}

/** `null` and booleans cannot be a secret and say whether there was one. */
function isPrintable(member: unknown): boolean {
  return member !== null && typeof member !== 'boolean';
}

/** Cleans one log line (JSON text); a line that is no JSON is cleaned as text. */
export function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redactValue(JSON.parse(line)))}\n`;
  } catch {
    return redactText(line);
  }
}
