import type { Candidate, ContextMarks } from './found.ts';
import { isBlankAt, isDigitAt, isUpperAt, isWordAt } from './units.ts';

/** Streets where the number comes first, by the word that ends or begins their name. */
const streetWord =
  '(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Way|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Close|Crescent|Cres|Gardens|Grove|Mews|Row|Trail|Walk|Quay|Parade|Esplanade|Alley|Plaza)';
const word = "[\\p{Lu}][\\p{L}.'’-]{0,20}";
const unit = '(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Room|#)\\.? ?#?[A-Za-z0-9-]{1,6})?';
const postcode =
  '(?:[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d|\\d{5}(?:-\\d{4})?|\\d{4})';
const place = "(?:St\\. )?\\p{Lu}\\p{Ll}[\\p{L}'’]{0,18}";
const town = `(?:,\\s${place}(?:[ -]${place}){0,2})`;
const region = '(?:,?\\s[A-Z]{2,3}\\b)';
const bareTown = `(?:\\s${place}(?:[ -]${place}){0,2})`;
const tail = `(?:${town}${region}?(?:,?\\s${postcode})?|${bareTown},?(?:${region}(?:\\s${postcode})?|\\s${postcode})|,?\\s${postcode})?`;
const numberTown = `(?:,?\\s(?:[A-Z]{1,2}-)?\\d{4,5}(?: [A-Z]{2}\\b)?${bareTown}?)?`;

/** Each form is anchored and every repeat is bounded: work does not grow with the text. */
const forms: readonly RegExp[] = [
  // 742 Evergreen Terrace, Apt 4, Springfield, IL 62704
  new RegExp(
    `^\\d{1,5}[A-Za-z]?(?:-\\d{1,4})? (?:[NSEW]\\.? )?(?:\\d{1,3}(?:st|nd|rd|th) |(?:${word} ){1,3})${streetWord}\\b\\.?(?: [NSEW]{1,2}\\b)?${unit}${tail}`,
    'u',
  ),
  // 12 rue de la Paix, 75002 Paris
  new RegExp(
    `^\\d{1,4}(?: ?(?:bis|ter|[A-D]))?,? (?:rue|avenue|av\\.|boulevard|bd|place|chemin|allée|impasse|quai|cours|route|Rue|Avenue|Boulevard|Place|Chemin|Quai) (?:(?:de|du|des|la|le|les|d'|l'|à) ?){0,3}${word}(?:[ -](?:(?:de|du|des|la|le|et) )?${word}){0,3}${numberTown}`,
    'u',
  ),
];

const namedForms: readonly RegExp[] = [
  // Calle de Alcalá 45, 28014 Madrid; Via Roma 12, 00184 Roma; Rua Augusta, 1200
  new RegExp(
    `^(?:Calle|C/|Avenida|Avda\\.?|Plaza|Paseo|Camino|Via|Viale|Piazza|Corso|Largo|Rua|Travessa|Praça|Ulica|ul\\.|al\\.) ?(?:(?:de|del|della|dei|da|do|dos|das|la|las|los|el|di) ){0,3}${word}(?: (?:(?:de|del|da|do|e|y) )?${word}){0,3},? (?:n[º°.]? ?)?\\d{1,5}[A-Za-z]?(?:/\\d{1,4})?${numberTown}`,
    'u',
  ),
  // Unter den Linden 77, 10117 Berlin
  new RegExp(
    `^(?:${word}[ -]){0,3}[\\p{L}-]{0,20}(?:straße|strasse|str\\.|Straße|Strasse|Str\\.|weg|Weg|platz|Platz|allee|Allee|gasse|Gasse|ufer|damm|ring|straat|laan|plein|gracht|kade|gatan|vägen|gata|vej|gade|veien|katu|tie) \\d{1,4} ?(?:[a-zA-Z]\\b)?(?:-\\d{1,4})?${numberTown}`,
    'u',
  ),
];

const maxAddress = 120;

/** A postal address that begins with the house number at `start`. */
export function addressAtNumber(text: string, start: number, marks: ContextMarks): Candidate | undefined {
  if (isWordAt(text, start - 1) || text.charAt(start - 1) === '.' || text.charAt(start - 1) === '-')
    return undefined;
  const found = matchForms(forms, text, start);
  if (found === undefined) return undefined;
  if (marks.isNear('address', start, 40)) return found;
  return isTitle(text, found.end) || isPhrase(text, start, found.end) ? undefined : found;
}

const looseEnds: readonly string[] = [' Way', ' Place', ' Row', ' Walk', ' Circle', ' Close', ' Trail'];

/** "10 Best Way to": some words for streets go on in a sentence. */
function isPhrase(text: string, start: number, end: number): boolean {
  const held = text.slice(start, end);
  return isBlankAt(text, end) && looseEnds.some((word) => held.endsWith(word));
}

/** "2026 Mill Lane Books": a capital right after the street makes it a title. */
function isTitle(text: string, end: number): boolean {
  return isBlankAt(text, end) && isUpperAt(text, end + 1) && !isDigitAt(text, end - 1);
}

const streetHeads: ReadonlySet<string> = new Set([
  ...[
    'Calle',
    'Avenida',
    'Avda',
    'Plaza',
    'Paseo',
    'Camino',
    'Via',
    'Viale',
    'Piazza',
    'Corso',
    'Largo',
    'Rua',
  ],
  ...['Travessa', 'Praça', 'Ulica', 'ul', 'al'],
]);
const streetInitials: ReadonlySet<string> = new Set(Array.from(streetHeads, (head) => head.charAt(0)));
/** Ends of names of streets; a name begins with a capital, and some ends are no word on their own. */
const streetEnds =
  /^\p{Lu}.*(?:straße|strasse|str|weg|platz|allee|gasse|ufer|damm|straat|laan|plein|gracht|kade|gatan|vägen|gata|vej|veien|katu)$|^(?:Straße|Strasse|Str|Weg|Platz|Allee|Gasse|Ufer|Damm|Plein|Gracht|Kade)$/u;

/** A postal address that begins with the word between `start` and `end`. */
export function addressAtWord(text: string, start: number, end: number): Candidate | undefined {
  const isNumbered = (isBlankAt(text, end) && isDigitAt(text, end + 1)) || text.startsWith('. ', end);
  if (!isNumbered && !(streetInitials.has(text.charAt(start)) && end - start <= 8)) return undefined;
  const held = text.slice(start, end);
  if (!streetHeads.has(held) && !streetEnds.test(held)) return undefined;
  const from = held.length <= 8 && !streetHeads.has(held) ? wordBefore(text, start) : start;
  return matchForms(namedForms, text, from);
}

/** "Berliner Straße": the street's name stands before its kind. */
function wordBefore(text: string, start: number): number {
  const match = /\p{Lu}[\p{L}-]{1,24}[ -]$/u.exec(text.slice(Math.max(0, start - 28), start));
  return match === null ? start : start - match[0].length;
}

function matchForms(list: readonly RegExp[], text: string, start: number): Candidate | undefined {
  const piece = text.slice(start, start + maxAddress);
  for (const form of list) {
    const match = form.exec(piece);
    if (match !== null) return found(start, start + match[0].length, 0.8);
  }
  return undefined;
}

const boxes = /^P\.? ?O\.? Box \d{1,7}(?:,? [\p{Lu}][\p{L}]{1,20}){0,3}(?:,? [A-Z]{2})?(?:,? \d{5})?/u;

/** A post box. */
export function postBoxAt(text: string, start: number): Candidate | undefined {
  const match = boxes.exec(text.slice(start, start + maxAddress));
  return match === null ? undefined : found(start, start + match[0].length, 0.8);
}

const easternPostcode =
  /^〒? ?\d{3}-\d{4} ?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}0-9ー-]{4,40}/u;
const eastern =
  /^[\p{Script=Han}]{2,4}(?:都|道|府|県|省|市)[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,20}[市区區町村路街][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}0-9A-Za-z\-号號室番地丁目]{1,30}/u;

/** An address of Japan or China that begins at `start`. */
export function easternAddressAt(text: string, start: number, marks: ContextMarks): Candidate | undefined {
  const piece = text.slice(start, start + maxAddress);
  const match =
    easternPostcode.exec(piece) ?? (marks.isNear('address', start, 8) ? eastern.exec(piece) : null);
  return match === null ? undefined : found(start, start + match[0].length, 0.8);
}

function found(start: number, end: number, confidence: number): Candidate {
  return { start, end, type: 'POSTAL_ADDRESS', detail: null, confidence, proof: 8 };
}
