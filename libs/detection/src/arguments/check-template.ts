import { countSteps } from '../automaton.ts';
import { type ArgumentView, argumentRule, type NoteHit } from './argument-view.ts';
import { type Token, tokenAt } from './tokens.ts';

const rules = {
  arithmetic: argumentRule('template_arithmetic', 'Template: sum that shows whether it is evaluated'),
  call: argumentRule('template_call', 'Template: calls a function'),
  block: argumentRule('template_block', 'Template: statement where a value belongs'),
};

const openers: ReadonlyMap<string, string> = new Map([
  ['{{', '}}'],
  ['${', '}'],
  ['#{', '}'],
  ['$(', ')'],
  ['<%', '%>'],
  ['{%', '%}'],
]);

const operators: ReadonlySet<string> = new Set(['*', '+', '-', '/', '%', '**']);
const maxInside = 32;

/** Finds expressions that a template engine would evaluate; names alone are placeholders, not attacks. */
export function checkTemplate(view: ArgumentView, note: NoteHit): void {
  if (view.role === 'shell' || view.role === 'regex') return;
  const { tokens } = view;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokenAt(tokens, at);
    const close = openers.get(token.text) ?? looseCloser(tokens, at);
    if (close !== undefined && token.kind === 'mark') judge({ view, note, at, close });
  }
}

/** `@(7*7)`, `*{7*7}`, `~{…}`, `{7*7}`, `[[7*7]]`, `=7*7` are expressions somewhere too. */
function looseCloser(tokens: readonly Token[], at: number): string | undefined {
  const token = tokenAt(tokens, at);
  const next = tokenAt(tokens, at + 1);
  if (next.gap) return undefined;
  if ((token.text === '@' && next.text === '(') || (token.text === '*' && next.text === '{'))
    return next.text === '(' ? ')' : '}';
  if (token.text === '~' && next.text === '{') return '}';
  if (token.text === '[' && next.text === '[') return ']';
  if (token.text === '{' && next.kind === 'number') return '}';
  return token.text === '#' && next.text === 'set' ? ')' : undefined;
}

interface Judged {
  readonly view: ArgumentView;
  readonly note: NoteHit;
  readonly at: number;
  readonly close: string;
}

function judge({ view, note, at, close }: Judged): void {
  const inside = readInside(view.tokens, at, close);
  countSteps(view.meter, inside.end - at);
  const opener = tokenAt(view.tokens, at);
  const end = Math.max(opener.end, tokenAt(view.tokens, inside.end).end);
  const isOwn = view.role === 'template' || view.role === 'code';
  const weight = (view.isProse ? 0.5 : 1) * (isOwn ? 0.5 : 1);
  if (inside.sums > 0)
    note(
      rules.arithmetic,
      opener.start,
      end,
      view.role === 'template' ? 0.65 : (opener.text === '{' ? 0.6 : 0.95) * weight,
    );
  if (inside.calls > 0) note(rules.call, opener.start, end, (opener.text === '${' ? 0.7 : 0.75) * weight);
  if (opener.text === '<%' || opener.text === '{%') note(rules.block, opener.start, end, 0.6 * weight);
}

interface Inside {
  readonly sums: number;
  readonly calls: number;
  readonly end: number;
}

function readInside(tokens: readonly Token[], at: number, close: string): Inside {
  let sums = 0;
  let calls = 0;
  let end = at + 1;
  for (; end < at + maxInside; end += 1) {
    const { text } = tokenAt(tokens, end);
    if (text === '' || text === close) break;
    if (operators.has(text) && isSum(tokens, end)) sums += 1;
    else if (text === '(' && tokenAt(tokens, end - 1).kind === 'word') calls += 1;
  }
  return { sums, calls, end };
}

/** Two numbers, or a number and a string, joined by an operator: nobody writes that for a reader. */
function isSum(tokens: readonly Token[], at: number): boolean {
  const left = tokenAt(tokens, at - 1);
  const right = tokenAt(tokens, at + 1);
  const isNumber = left.kind === 'number' || left.text === "'" || left.text === '"' || left.text === '*';
  return (
    isNumber && (right.kind === 'number' || right.text === "'" || right.text === '"' || right.text === '*')
  );
}
