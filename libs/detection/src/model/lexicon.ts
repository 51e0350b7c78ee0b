import { buildTable, type HashTable, hashUnit, lookUp, wordSeed } from './hash.ts';
import { lexiconWords } from './lexicon-words.ts';
import { kind, readText } from './model-text.ts';

/** Groups of words that tell who is addressed and what is asked. The order is part of the model file. */
export const wordGroups = [
  'assistant',
  'you',
  'communicate',
  'destroy',
  'money',
  'execute',
  'override',
  'reveal',
  'respond',
  'change',
  'read',
  'secrecy',
  'sensitive',
  'instructions',
  'tool',
  'oblige',
  'first',
  'condition',
  'negation',
  'user',
  'please',
  'roleplay',
  'role',
  'external',
  'security',
  'speaker',
  'describes',
  'every',
  'next',
  'pretext',
] as const;
export type WordGroup = (typeof wordGroups)[number];

/** The bit of a group. */
export const groupBit = Object.fromEntries(wordGroups.map((group, at) => [group, 1 << at])) as Readonly<
  Record<WordGroup, number>
>;

/** Verbs that ask for something to be done. */
export const actionBits =
  groupBit.communicate |
  groupBit.destroy |
  groupBit.money |
  groupBit.execute |
  groupBit.override |
  groupBit.reveal |
  groupBit.respond |
  groupBit.change |
  groupBit.read;

const table: HashTable = buildTable(entries());

function* entries(): Iterable<readonly [number, number]> {
  for (const group of wordGroups) {
    for (const word of lexiconWords[group].split(/\s+/)) {
      if (word === '') continue;
      const { units, kinds, length } = readText(word);
      let hash = wordSeed;
      // As in a text: digits are all the same.
      for (let i = 0; i < length; i += 1)
        hash = hashUnit(hash, kinds[i] === kind.digit ? 0x30 : (units[i] as number));
      yield [hash, groupBit[group]];
    }
  }
}

/** The groups of a word by its hash, as bits. */
export function groupsOf(hash: number): number {
  return lookUp(table, hash);
}
