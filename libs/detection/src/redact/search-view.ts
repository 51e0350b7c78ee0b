import { type Automaton, buildAutomaton, countSteps, scanAscii, scanFolded } from '../automaton.ts';
import type { ScanMeter } from '../finding.ts';
import { foldText } from '../normalize.ts';
import { contextSecret, type SecretNameKind } from './context-secrets.ts';
import { type Candidate, type ContextKind, ContextMarks } from './found.ts';
import { contextMeanings, type LiteralMeaning, secretMeanings } from './literal-table.ts';
import { namedValue } from './named-values.ts';
import { matchFormat, toCandidate } from './prefix-secrets.ts';
import { scanWords } from './scan-words.ts';
import { shapedSecret } from './shaped-secrets.ts';
import type { TextView } from './text-view.ts';
import { kindAt, wide } from './units.ts';
import { wideContextWords, wideSecretNames } from './wide-words.ts';

const meanings: readonly LiteralMeaning[] = [...secretMeanings, ...contextMeanings].map(
  ([, meaning]) => meaning,
);
const automaton: Automaton = buildAutomaton(
  [...secretMeanings, ...contextMeanings].map(([literal]) => literal),
);

/** Whether a name holds a word that tells something of its value. */
export function namesContext(name: string): boolean {
  let isContext = false;
  scanFolded(automaton, foldText(`${name} `, { hiddenAs: 'nothing' }), () => {
    isContext = true;
  });
  return isContext || Array.from(name).some((letter) => letter.charCodeAt(0) > 127);
}

/** How much is looked for: everything, or secrets only. */
export type SearchDepth = 'all' | 'secrets';

/** Everything the finders see in a view, in no order and overlapping. Linear in its length. */
export function searchView(view: TextView, depth: SearchDepth, meter?: ScanMeter): readonly Candidate[] {
  const { text } = view;
  const found: Candidate[] = [];
  const marks = new ContextMarks();
  const add = (candidate: Candidate | undefined): void => {
    if (candidate !== undefined) found.push(candidate);
  };
  const sink = createSink(text, marks, add);
  countSteps(meter, text.length);
  if (!view.isPlain) {
    noteWideWords(text, marks, add);
    countSteps(meter, text.length * 3);
    scanFolded(automaton, foldText(text, { hiddenAs: 'nothing' }), sink);
  } else scanAscii(automaton, text, sink);
  if (depth === 'all') scanWords({ text, marks, add, meter });
  return found;
}

/** Turns literals into candidates and marks. Inside a known secret nothing is looked at again: work stays linear. */
function createSink(text: string, marks: ContextMarks, add: (candidate: Candidate | undefined) => void) {
  let secretEnd = 0;
  const keep = (candidate: Candidate | undefined): void => {
    if (candidate === undefined) return;
    if (candidate.proof > 0) secretEnd = Math.max(secretEnd, candidate.end);
    if (candidate.type === 'AWS_ACCESS_KEY') marks.note('aws', candidate.end);
    add(candidate);
  };
  return (literal: number, start: number, end: number): void => {
    const meaning = meanings[literal];
    if (meaning === undefined) return;
    if (meaning.kind === 'context') noteContext(text, { marks, add, context: meaning.context, end });
    else if (start >= secretEnd || meaning.kind === 'format') keep(secretOf(text, meaning, start, end));
  };
}

type SecretMeaning = Exclude<LiteralMeaning, { kind: 'context' }>;

/** The secret that a literal begins or names, if there is one. */
export function secretOf(
  text: string,
  meaning: SecretMeaning,
  start: number,
  end: number,
): Candidate | undefined {
  switch (meaning.kind) {
    case 'format': {
      const hit = matchFormat(text, meaning.formats, start);
      return hit === undefined ? undefined : toCandidate(hit, start);
    }
    case 'shape':
      return shapedSecret(text, meaning.shape, start, end);
    default:
      return contextSecret(text, meaning.name, start, end);
  }
}

interface ContextHit {
  readonly marks: ContextMarks;
  readonly add: (candidate: Candidate | undefined) => void;
  readonly context: ContextKind;
  readonly end: number;
}

function noteContext(text: string, { marks, add, context, end }: ContextHit): void {
  marks.note(context, end);
  add(namedValue(text, context, end));
}

interface WideWord {
  readonly text: string;
  readonly context: ContextKind | SecretNameKind;
}

/** Words of other scripts by their first unit. */
const wideWords: ReadonlyMap<number, readonly WideWord[]> = groupWideWords();

function groupWideWords(): ReadonlyMap<number, readonly WideWord[]> {
  const groups = new Map<number, WideWord[]>();
  const rows: readonly (readonly [ContextKind | SecretNameKind, readonly string[]])[] = [
    ...(Object.entries(wideContextWords) as [ContextKind, readonly string[]][]),
    ['password', wideSecretNames],
  ];
  for (const [context, words] of rows) {
    for (const text of words.flatMap((entry) => [...new Set([entry, capital(entry)])])) {
      const head = text.charCodeAt(0);
      groups.set(head, [...(groups.get(head) ?? []), { text, context }]);
    }
  }
  return groups;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function noteWideWords(
  text: string,
  marks: ContextMarks,
  add: (candidate: Candidate | undefined) => void,
): void {
  for (let at = 0; at < text.length; at += 1) {
    if (kindAt(text, at) !== wide) continue;
    for (const { text: word, context } of wideWords.get(text.charCodeAt(at)) ?? []) {
      if (!text.startsWith(word, at)) continue;
      const end = at + word.length;
      if (context === 'password') add(contextSecret(text, 'password', at, end));
      else noteContext(text, { marks, add, context: context as ContextKind, end });
    }
  }
}
