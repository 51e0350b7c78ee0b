import type { Row } from './corpus.ts';
import { createRandom, type Random } from './random.ts';
import { readGrammar } from './read-grammar.ts';

interface ArgumentGrammar {
  readonly shellSeparators: readonly string[];
  readonly shellCommands: readonly string[];
  readonly shellEnds: readonly string[];
  readonly sqlOpens: readonly string[];
  readonly sqlBodies: readonly string[];
  readonly sqlEnds: readonly string[];
  readonly upSteps: readonly string[];
  readonly targetFiles: readonly string[];
  readonly wholePaths: readonly string[];
  readonly pathEnds: readonly string[];
  readonly internalUrls: readonly string[];
  readonly templateBodies: readonly string[];
  readonly xmlBodies: readonly string[];
  readonly objectBodies: readonly string[];
  readonly attackKeys: readonly string[];
  readonly sideArguments: readonly (readonly [string, unknown])[];
  readonly words: readonly string[];
  /** Values that would break out elsewhere, in the arguments that are for them. */
  readonly roleValues: readonly (readonly [keys: readonly string[], values: readonly string[]])[];
}

const {
  shellSeparators,
  shellCommands,
  shellEnds,
  sqlOpens,
  sqlBodies,
  sqlEnds,
  upSteps,
  targetFiles,
  wholePaths,
  pathEnds,
  internalUrls,
  templateBodies,
  xmlBodies,
  objectBodies,
  attackKeys,
  sideArguments,
  words,
  roleValues,
} = readGrammar('arguments') as ArgumentGrammar;

function shellPayload(random: Random): string {
  const open =
    random.next() < 0.3 ? random.pick(['', 'a', 'x', '127.0.0.1', 'file.txt', 'test', '1', "'", '"']) : '';
  const separator = random.pick(shellSeparators);
  const close = separator === '$(' ? ')' : separator === '`' ? '`' : random.pick(shellEnds);
  const bare = random.next() < 0.12;
  return bare ? random.pick(shellCommands) : `${open}${separator}${random.pick(shellCommands)}${close}`;
}

function sqlPayload(random: Random): string {
  const body = random.pick(sqlBodies);
  const gap = random.pick([' ', ' ', ' ', '/**/', '+', '%20', '']);
  const text = `${random.pick(sqlOpens)}${gap}${body}${random.pick(sqlEnds)}`;
  return random.next() < 0.1 ? encodeURIComponent(text) : random.next() < 0.1 ? text.toUpperCase() : text;
}

function pathPayload(random: Random): string {
  if (random.next() < 0.3) return random.pick(wholePaths) + random.pick(pathEnds);
  const start = random.pick(['', '', '/', 'images/', 'file:', './', '\\']);
  return `${start}${random.pick(upSteps).repeat(1 + random.below(9))}${random.pick(targetFiles)}${random.pick(pathEnds)}`;
}

function urlPayload(random: Random): string {
  return (
    random.pick(internalUrls) +
    (random.next() < 0.3 ? random.pick(['status', 'v1/keys', '?a=1', 'iam/security-credentials/']) : '')
  );
}

const makers: readonly (readonly [
  category: string,
  weight: number,
  make: (random: Random) => string,
  keys: readonly string[],
])[] = [
  ['cmd_injection', 4, shellPayload, []],
  ['sqli_injection', 4, sqlPayload, []],
  ['path_injection', 3, pathPayload, []],
  ['ssrf', 1, urlPayload, ['url', 'link', 'endpoint', 'webhook', 'image', 'callback', 'uri', 'source']],
  [
    'ssti_injection',
    1,
    (random) =>
      `${random.next() < 0.3 ? random.pick(['Hello ', 'a', 'x ']) : ''}${random.pick(templateBodies)}`,
    [],
  ],
  [
    'xxe_injection',
    1,
    (random) => random.pick(xmlBodies),
    ['xml', 'body', 'data', 'document', 'payload', 'svg'],
  ],
  ['object_injection', 2, (random) => random.pick(objectBodies), []],
];

function withSides(args: Record<string, unknown>, random: Random): Record<string, unknown> {
  const count = random.next() < 0.5 ? 0 : 1 + random.below(2);
  const out = { ...args };
  for (let i = 0; i < count; i += 1) {
    const [key, value] = random.pick(sideArguments);
    if (!(key in out)) out[key] = value;
  }
  return out;
}

/** Calls made of a grammar: payloads in ordinary keys, and ordinary values in the same keys. */
export function generateArguments(amount: number, seed: number): readonly Row[] {
  const random = createRandom(seed);
  const wheel = makers.flatMap((maker) => Array.from({ length: maker[1] }, () => maker));
  const rows: Row[] = [];
  for (let i = 0; i < amount; i += 1) {
    const base = { source: 'made:arguments', surface: 'tool_args' } as const;
    if (i % 2 === 0) {
      const [category, , make, keys] = random.pick(wheel);
      const text = make(random);
      const key = random.pick(keys.length > 0 ? keys : attackKeys);
      rows.push({
        ...base,
        label: 'malicious',
        category,
        args: withSides({ [key]: text }, random),
        attack: text,
      });
    } else if (random.next() < 0.25) {
      const [keys, values] = random.pick(roleValues);
      rows.push({
        ...base,
        label: 'benign',
        category: 'made',
        args: withSides({ [random.pick(keys)]: random.pick(values) }, random),
      });
    } else {
      const args: Record<string, unknown> = {};
      const count = 1 + random.below(3);
      for (let k = 0; k < count; k += 1) args[random.pick(attackKeys)] = random.pick(words);
      rows.push({ ...base, label: 'benign', category: 'made', args: withSides(args, random) });
    }
  }
  return rows;
}
