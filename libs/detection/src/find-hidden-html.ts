import { countSteps } from './automaton.ts';
import type { RawHit, RuleFacts, ScanMeter } from './finding.ts';

const hidden: RuleFacts = {
  code: 'hidden_text_instruction',
  title: 'Words that a page does not show, and that ask for something',
  severity: 'high',
  owasp: 'MCP06',
};

const speaking: RuleFacts = {
  code: 'hidden_html',
  title: 'Comment that speaks to a model',
  severity: 'low',
  owasp: 'MCP06',
};

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Places of one kind that are looked at; pages have hundreds. */
const maxLooks = 300;

/** Where a word stands, at most `maxLooks` times. */
function placesOf(text: string, word: string): readonly number[] {
  const places: number[] = [];
  for (
    let at = text.indexOf(word);
    at >= 0 && places.length < maxLooks;
    at = text.indexOf(word, at + word.length)
  ) {
    places.push(at);
  }
  return places;
}

const maxComment = 4_000;
const maxTag = 400;
const maxElement = 2_000;
const minAttribute = 24;
const maxAttribute = 1_000;

function commentAt(text: string, at: number): Span {
  const close = text.slice(at, at + maxComment).indexOf('-->');
  return { start: at, end: close < 0 ? Math.min(text.length, at + maxComment) : at + close + 3 };
}

/** What stands in the element whose tag holds the word at `at`. */
function elementAt(text: string, at: number): Span | undefined {
  const open = text.slice(at, at + maxTag).indexOf('>');
  if (open < 0) return undefined;
  const start = at + open + 1;
  const close = text.slice(start, start + maxElement).indexOf('</');
  return { start, end: close < 0 ? Math.min(text.length, start + maxElement) : start + close };
}

function attributeAt(text: string, from: number, quote: string): Span | undefined {
  const close = text.slice(from, from + maxAttribute).indexOf(quote);
  return close < minAttribute ? undefined : { start: from, end: from + close };
}

/** By what they begin with: most texts hold none of these, and one search says so for several. */
const hidingStyles: readonly (readonly [stem: string, styles: readonly string[]])[] = [
  ['display:', ['display:none', 'display: none']],
  ['visibility:', ['visibility:hidden', 'visibility: hidden']],
  ['font-size:', ['font-size:0', 'font-size: 0', 'font-size:1px']],
  ['opacity:', ['opacity:0', 'opacity: 0']],
  ['color:', ['color:#fff', 'color: #fff', 'color:white', 'color: white']],
  ['left:', ['left:-9999', 'left: -9999']],
  ['text-indent:', ['text-indent:-9999']],
  ['height:', ['height:0']],
  [' hidden>', [' hidden>']],
  ['aria-hidden', ['aria-hidden="true"']],
];

const attributes: readonly string[] = ['alt="', 'title="', 'aria-label="', 'content="', "alt='", "title='"];

/** Spans that a reader of the page does not see: comments, hidden elements, attributes with text. */
export function findHiddenSpans(text: string, meter?: ScanMeter): readonly Span[] {
  const spans: Span[] = placesOf(text, '<!--').map((at) => commentAt(text, at));
  for (const [stem, styles] of hidingStyles) {
    if (!text.includes(stem)) continue;
    for (const at of styles.flatMap((style) => placesOf(text, style))) {
      const span = elementAt(text, at);
      if (span) spans.push(span);
    }
  }
  for (const name of attributes) {
    for (const at of placesOf(text, name)) {
      const span = attributeAt(text, at + name.length, name.at(-1) ?? '"');
      if (span) spans.push(span);
    }
  }
  countSteps(meter, spans.length);
  return spans;
}

const loud: ReadonlySet<string> = new Set([
  'instruction_override',
  'model_addressed',
  'task_change',
  'fake_turn',
  'concealment',
  'exfiltration',
  'credential_request',
  'secret_file_request',
  'prompt_leak',
  'jailbreak',
  'tool_call_lookalike',
  'instruction_markup',
  'instructions_elsewhere',
  'safeguards_off',
  'remote_code',
  'encoded_instruction',
]);

const maxFound = 5;

/** Orders found inside what does not show are louder than the same words in the open. */
export function findHiddenOrders(
  text: string,
  hits: readonly RawHit[],
  meter?: ScanMeter,
): readonly RawHit[] {
  if (!text.includes('<')) return [];
  const orders = hits.filter(({ facts }) => loud.has(facts.code));
  const found: RawHit[] = [];
  for (const span of findHiddenSpans(text, meter)) {
    if (found.length >= maxFound) break;
    const order = orders.find(({ start, end }) => start < span.end && span.start < end);
    if (order) found.push(hiddenHit(text, span, order));
    else if (
      text.startsWith('<!--', span.start) &&
      asks(text.slice(span.start, Math.min(span.end, span.start + 600)))
    ) {
      found.push({ facts: speaking, ...span, confidence: 0.4 });
    }
  }
  return found;
}

function hiddenHit(text: string, span: Span, order: RawHit): RawHit {
  const evidence = order.isSecret
    ? order.facts.code
    : text.slice(order.start, Math.min(order.end, order.start + 160));
  return { facts: hidden, ...span, confidence: 0.92, evidence };
}

/** A comment that speaks to a model. */
function asks(comment: string): boolean {
  return /\b(?:ai|assistant|llm|model|agent|chatgpt|claude|bot)\b[\s\S]{0,200}\b(?:must|should|please|ignore|send|call|include|respond|reply|execute)\b/i.test(
    comment,
  );
}
