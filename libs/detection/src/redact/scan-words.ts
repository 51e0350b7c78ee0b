import { codeAt, countSteps } from '../automaton.ts';
import type { ScanMeter } from '../finding.ts';
import { cardAt } from './cards.ts';
import { coinAddressAt } from './coin-addresses.ts';
import { isAwsSecret } from './context-secrets.ts';
import { birthAt } from './dates-of-birth.ts';
import { beginsNumber, type DigitChain, readChain } from './digit-chain.ts';
import { emailAt } from './emails.ts';
import { easternNameAt, nameAt } from './find-names.ts';
import type { Candidate, ContextMarks } from './found.ts';
import { ibanAt } from './ibans.ts';
import { dottedMacAt, ipv4At, ipv6At, macAt } from './machine-addresses.ts';
import { nationalIdAt } from './national-ids.ts';
import { phoneAt, plusBefore } from './phones.ts';
import { addressAtNumber, addressAtWord, easternAddressAt, postBoxAt } from './postal-addresses.ts';
import {
  alphabets,
  digit,
  inSet,
  kindAt,
  letter,
  runEnd,
  runStart,
  upper,
  wide,
  word as wordKind,
} from './units.ts';
import { wordShapeAt } from './word-shapes.ts';

/** What one pass over the words of a text needs. */
export interface WordScan {
  readonly text: string;
  readonly marks: ContextMarks;
  readonly add: (candidate: Candidate) => void;
  readonly meter: ScanMeter | undefined;
}

/** A run of letters and digits, and which kinds are in it. */
interface Word {
  readonly start: number;
  readonly end: number;
  readonly kinds: number;
  /** Kind of its first unit. */
  readonly head: number;
}

/** Looks at every word once and asks the finders that its form calls for; each does bounded work. */
export function scanWords(scan: WordScan): void {
  const { text, add, meter } = scan;
  const { length } = text;
  let found = 0;
  let at = 0;
  while (at < length) {
    const head = kindAt(text, at);
    if (head === 0) {
      const candidate = signAt(scan, at, found);
      if (candidate !== undefined) {
        add(candidate);
        found = Math.max(found, candidate.end);
      }
      at += 1;
      continue;
    }
    const word = readWord(text, at, head);
    const candidate = at < found ? undefined : judgeWord(scan, word);
    if (candidate !== undefined) {
      add(candidate);
      found = candidate.end;
    }
    countSteps(meter, word.end - at);
    at = word.end;
  }
  countSteps(meter, length);
}

function readWord(text: string, start: number, head: number): Word {
  let kinds = head;
  let end = start + 1;
  for (let kind = kindAt(text, end); kind !== 0; kind = kindAt(text, end)) {
    kinds |= kind;
    end += 1;
  }
  return { start, end, kinds, head };
}

function signAt({ text, marks }: WordScan, at: number, found: number): Candidate | undefined {
  const unit = codeAt(text, at);
  if (unit === 0x40) return emailAt(text, at);
  if (unit === 0x3012) return easternAddressAt(text, at, marks);
  if (unit !== 0x3a || at < found) return undefined;
  const isHexBefore = inSet(alphabets.H, text, at - 1);
  const next = codeAt(text, at + 1);
  // The first colon of a run of groups stands for all of them.
  if (!(isHexBefore || next === 0x3a) || codeAt(text, at - 1) === 0x3a) return undefined;
  return isFirstColon(text, at) ? ipv6At(text, at) : undefined;
}

function isFirstColon(text: string, at: number): boolean {
  for (let before = at - 1; before >= at - 4; before -= 1) {
    if (codeAt(text, before) === 0x3a) return false;
    if (!inSet(alphabets.H, text, before)) return true;
  }
  return !inSet(alphabets.H, text, at - 5);
}

function judgeWord(scan: WordScan, word: Word): Candidate | undefined {
  const { text, marks } = scan;
  const kinds = word.kinds & (digit | letter | wide);
  if (kinds === digit) return judgeNumber(scan, word);
  const shaped = wordShapeAt(text, word.start, word.end) ?? awsAt(text, word, marks);
  if (shaped !== undefined) return shaped;
  return (kinds & digit) === 0 ? judgeLetters(scan, word) : judgeMixed(scan, word);
}

function awsAt(text: string, { start, end }: Word, marks: ContextMarks): Candidate | undefined {
  if (end - start > 40 || !marks.isNear('aws', start, 200)) return undefined;
  const from = runStart(text, start, alphabets.b, 3);
  const stop = runEnd(text, from, alphabets.b, 41);
  if (inSet(alphabets.b, text, from - 1) || !isAwsSecret(text, from, stop)) return undefined;
  return { start: from, end: stop, type: 'AWS_SECRET_KEY', detail: null, confidence: 0.9, proof: 3 };
}

/** Digits only: the form of the whole chain of groups decides. */
function judgeNumber({ text, marks, meter }: WordScan, { start, end }: Word): Candidate | undefined {
  const shaped = wordShapeAt(text, start, end) ?? macIn(text, start, end);
  if (shaped !== undefined) return shaped;
  if (!beginsNumber(text, start)) {
    // `root@203.0.113.9`
    return codeAt(text, start - 1) === 0x40 ? ipv4At(text, readChain(text, start), marks) : undefined;
  }
  // A short number on its own is a house number or nothing.
  if (end - start < 6 && !isJoined(text, end))
    return addressAtNumber(text, start, marks) ?? birthAt(text, start, marks);
  const chain = readChain(text, start);
  countSteps(meter, (chain.groups.at(-1)?.end ?? start) - start);
  if (plusBefore(text, start) >= 0) return phoneAt(text, chain, marks);
  return (
    cardOrId(text, chain, marks) ??
    ipv4At(text, chain, marks) ??
    birthAt(text, start, marks) ??
    better(nationalIdAt(text, start, marks), phoneAt(text, chain, marks)) ??
    addressAtNumber(text, start, marks)
  );
}

/** Whether a number may go on after a separator. */
function isJoined(text: string, end: number): boolean {
  const unit = codeAt(text, end);
  return unit === 0x20 || (unit >= 0x28 && unit <= 0x29) || (unit >= 0x2d && unit <= 0x2f);
}

/** A number that is a card by chance may be named something else. */
function cardOrId(text: string, chain: DigitChain, marks: ContextMarks): Candidate | undefined {
  const card = cardAt(text, chain, marks);
  const first = chain.groups[0];
  return card === undefined || first === undefined
    ? card
    : better(card, nationalIdAt(text, first.start, marks));
}

function better(a: Candidate | undefined, b: Candidate | undefined): Candidate | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.confidence > a.confidence ? b : a;
}

function macIn(text: string, start: number, end: number): Candidate | undefined {
  if (end - start === 2) return macAt(text, start);
  return end - start === 4 && codeAt(text, end) === 0x2e ? dottedMacAt(text, start) : undefined;
}

function judgeMixed({ text, marks }: WordScan, { start, end, head }: Word): Candidate | undefined {
  if ((head & letter) !== 0) {
    const iban = ibanAt(text, start);
    if (iban !== undefined) return iban;
  }
  return (
    macIn(text, start, end) ??
    nationalIdAt(text, start, marks) ??
    coinAddressAt(text, start, marks) ??
    easternAddressAt(text, start, marks) ??
    ((head & digit) !== 0 ? numberOfMixed(text, start, marks) : undefined)
  );
}

function numberOfMixed(text: string, start: number, marks: ContextMarks): Candidate | undefined {
  return (
    birthAt(text, start, marks) ??
    phoneWithExtension(text, start, marks) ??
    addressAtNumber(text, start, marks)
  );
}

/** `555-0100x12` begins with a word of digits in most cases; here the last group carries the extension. */
function phoneWithExtension(text: string, start: number, marks: ContextMarks): Candidate | undefined {
  return beginsNumber(text, start) ? phoneAt(text, readChain(text, start), marks) : undefined;
}

function judgeLetters(scan: WordScan, word: Word): Candidate | undefined {
  const { text } = scan;
  const { start, end, head } = word;
  const length = end - start;
  const mac = length === 2 || length === 4 ? macIn(text, start, end) : undefined;
  if (mac !== undefined) return mac;
  return (head & (upper | wide)) === 0 ? addressAtWord(text, start, end) : judgeCapital(scan, word);
}

function easternAt(text: string, start: number, marks: ContextMarks): Candidate | undefined {
  return easternAddressAt(text, start, marks) ?? easternNameAt(text, start, marks);
}

/** A word that begins with a capital, or in another script. */
function judgeCapital({ text, marks }: WordScan, { start, end, kinds }: Word): Candidate | undefined {
  if (end - start >= 26) return coinAddressAt(text, start, marks);
  const isUpper = end - start <= 6 && (kinds & ~upper & wordKind) === 0;
  return (
    (isUpper ? nationalIdAt(text, start, marks) : undefined) ??
    (text.startsWith('P', start) ? postBoxAt(text, start) : undefined) ??
    birthAt(text, start, marks) ??
    addressAtWord(text, start, end) ??
    ((kinds & wide) !== 0 ? easternAt(text, start, marks) : undefined) ??
    nameAt(text, start, marks)
  );
}
