import type { RuleFacts, ScanMeter } from '../finding.ts';
import type { Layer } from '../layers/layer.ts';
import type { ArgumentRole } from './argument-role.ts';
import { type Token, type Tokens, tokenAt, tokenize } from './tokens.ts';

/** One string of the arguments, or what one encoding hid in it, ready to be checked. */
export interface ArgumentView {
  readonly text: string;
  readonly role: ArgumentRole;
  /** Name of the member that holds it, folded. */
  readonly name: string;
  readonly tokens: readonly Token[];
  readonly tokenInfo: Tokens;
  /** Written language rather than a value. */
  readonly isProse: boolean;
  /** A whole document in a field that takes documents: what is in it does not leave it. */
  readonly isDocument: boolean;
  /** Units of written language in front; 0 when there are fewer than four words of it. */
  readonly lead: number;
  /** Absent for the text as it stands. */
  readonly layer: Layer | undefined;
  /** What the tool does, folded; empty where nothing is known of it. */
  readonly toolText: string;
  readonly meter: ScanMeter | undefined;
}

/** A check reports what it saw: facts, units of the view, and how sure it is. */
export type NoteHit = (facts: RuleFacts, start: number, end: number, confidence: number) => void;

export type ArgumentCheck = (view: ArgumentView, note: NoteHit) => void;

/** Prepares one text for the checks. */
export function viewOf(
  text: string,
  about: {
    role: ArgumentRole;
    name: string;
    layer?: Layer | undefined;
    toolText: string;
    meter?: ScanMeter | undefined;
  },
): ArgumentView {
  const tokenInfo = tokenize(text);
  return {
    text,
    role: about.role,
    name: about.name,
    tokens: tokenInfo.list,
    tokenInfo,
    isProse: isProse(tokenInfo.list),
    isDocument: documentNames.test(about.name) && (text.length > 120 || text.trim().includes('\n')),
    lead: leadOf(tokenInfo.list),
    layer: about.layer,
    toolText: about.toolText,
    meter: about.meter,
  };
}

const documentNames =
  /(?:^|_)(?:content|contents|body|text|new_str|old_str|new_string|old_string|file_text|document|markdown|html|description|notes?|message|prompt|comment|summary|blocks?|diff|patch)$/;

const minLead = 4;

/** Where the words end that a text begins with. */
function leadOf(tokens: readonly Token[]): number {
  let words = 0;
  for (const token of tokens) {
    if (token.kind === 'number' || (token.kind === 'mark' && !leadMarks.has(token.text)))
      return words >= minLead ? token.start : 0;
    if (token.kind === 'word' && (token.gap || words === 0)) words += 1;
  }
  return 0;
}

const leadMarks: ReadonlySet<string> = new Set([',', '.', ':', '-', '?', '!']);

const quietMarks: ReadonlySet<string> = new Set(['.', ',', "'", '-', '?', '!', ':', '"', '*', '#', '’']);
const minProseWords = 6;

/** Many words, few marks that language does not use. */
function isProse(tokens: readonly Token[]): boolean {
  let words = 0;
  let odd = 0;
  for (const token of tokens) {
    if (
      token.kind === 'word' &&
      (token.gap || words === 0) &&
      token.text.length > 1 &&
      !token.text.includes('_')
    )
      words += 1;
    else if (token.kind === 'mark' && !quietMarks.has(token.text)) odd += 1;
  }
  return words >= minProseWords && odd <= words * 0.25;
}

/** The next tokens are these, whatever stands between them. */
export function follows(tokens: readonly Token[], at: number, ...texts: readonly string[]): boolean {
  return texts.every((text, i) => tokenAt(tokens, at + i).text === text);
}

/** A rule of the argument checks: what breaks out of its place there is high. */
export function argumentRule(code: string, title: string, owasp = 'MCP05'): RuleFacts {
  return { code, title, severity: 'high', owasp };
}
