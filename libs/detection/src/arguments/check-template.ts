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
  const { tokens } = view;
  let sums = 0;
  let calls = 0;
  let end = at + 1;
  for (; end < at + maxInside; end += 1) {
    const token = tokenAt(tokens, end);
    if (token.text === '' || token.text === close) break;
    if (operators.has(token.text) && isSum(tokens, end)) sums += 1;
    if (token.text === '(' && tokenAt(tokens, end - 1).kind === 'word') calls += 1;
  }
  const opener = tokenAt(tokens, at).text;
  const span = {
    start: tokenAt(tokens, at).start,
    end: Math.max(tokenAt(tokens, at).end, tokenAt(tokens, end).end),
  };
  const isOwn = view.role === 'template' || view.role === 'code';
  const weight = (view.isProse ? 0.5 : 1) * (isOwn ? 0.5 : 1);
  if (sums > 0 && view.role === 'template') note(rules.arithmetic, span.start, span.end, 0.65);
  else if (sums > 0) note(rules.arithmetic, span.start, span.end, (opener === '{' ? 0.6 : 0.95) * weight);
  if (calls > 0 && opener !== '${') note(rules.call, span.start, span.end, 0.75 * weight);
  else if (calls > 0) note(rules.call, span.start, span.end, 0.7 * weight);
  if (opener === '<%' || opener === '{%') note(rules.block, span.start, span.end, 0.6 * weight);
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
