import { countSteps } from './automaton.ts';
import type { RawHit, RuleFacts, ScanMeter } from './finding.ts';

function rule(code: string, title: string, severity: RuleFacts['severity'], owasp = 'MCP10'): RuleFacts {
  return { code, title, severity, payloadSeverity: severity, owasp };
}

const rules = {
  imagePlaceholder: rule('image_exfiltration', 'Picture address with a place to put data', 'high'),
  imageData: rule('image_with_data', 'Picture address that carries data', 'medium'),
  linkPlaceholder: rule('link_placeholder', 'Link with a place to put data', 'medium'),
  script: rule('active_link', 'Link that runs script or carries a page', 'high', 'MCP06'),
  hidden: rule(
    'hidden_text_instruction',
    'Words that a page does not show, and that ask for something',
    'high',
    'MCP06',
  ),
  hiddenPlace: rule('hidden_html', 'Markup that does not show', 'low', 'MCP06'),
};

const maxLinks = 200;
const maxUrl = 2_048;

/** Finds links and pictures that act when they are shown: script, data in the query, places to put data. */
export function findActive(text: string, meter?: ScanMeter): readonly RawHit[] {
  const hits: RawHit[] = [];
  let count = 0;
  for (let at = text.indexOf(']('); at >= 0 && count < maxLinks; at = text.indexOf('](', at + 2)) {
    count += 1;
    const isImage = text.lastIndexOf('![', at) > Math.max(text.lastIndexOf(']', at - 1), at - 300);
    judgeUrl(hits, text, at + 2, isImage, meter);
  }
  for (const [name, isImage] of attributes) {
    for (
      let at = text.indexOf(name);
      at >= 0 && count < maxLinks;
      at = text.indexOf(name, at + name.length)
    ) {
      count += 1;
      const quoted = text.charAt(at + name.length);
      judgeUrl(hits, text, at + name.length + (quoted === '"' || quoted === "'" ? 1 : 0), isImage, meter);
    }
  }
  return hits;
}

const attributes: readonly (readonly [name: string, isImage: boolean])[] = [
  ['src=', true],
  ['href=', false],
  ['HREF=', false],
  ['SRC=', true],
  ['background=', true],
  ['action=', false],
];

function judgeUrl(
  hits: RawHit[],
  text: string,
  from: number,
  isImage: boolean,
  meter: ScanMeter | undefined,
): void {
  const piece = text.slice(from, from + maxUrl);
  const stop = piece.search(/[\s"')]/);
  const url = stop < 0 ? piece : piece.slice(0, stop);
  countSteps(meter, url.length + 16);
  const end = from + url.length;
  if (/^(?:javascript|vbscript):|^data:(?:text\/html|image\/svg)/i.test(url)) {
    hits.push({
      facts: rules.script,
      start: from,
      end,
      confidence: /^javascript:(?:void|;|$|\/\/)/i.test(url) ? 0.3 : 0.8,
    });
    return;
  }
  const query = url.indexOf('?');
  // A place to put data often holds a space: it is looked for behind the end of the address too.
  const values = query < 0 ? '' : piece.slice(query, Math.max(stop < 0 ? piece.length : stop, query) + 60);
  if (query < 0) {
    if (isImage && hasPlace(url))
      hits.push({ facts: rules.imagePlaceholder, start: from, end, confidence: 0.6, severity: 'medium' });
    return;
  }
  if (hasPlace(values)) {
    const facts = isImage ? rules.imagePlaceholder : rules.linkPlaceholder;
    hits.push({ facts, start: from, end, confidence: isImage ? 0.9 : 0.5 });
  } else if (isImage && longValue(values))
    hits.push({ facts: rules.imageData, start: from, end, confidence: 0.45 });
}

/** `=<the last output>`, `={data}`, `=[TOKEN]`, `=$DATA`, `=BASE64_OF_...`, `=%s`. */
function hasPlace(values: string): boolean {
  return (
    /=(?:<[a-z][^<>=/"]{2,60}>|\{\{?[a-z][^{}"]{1,60}\}|\[[a-z][^[\]"]{2,60}\]|\$\{?[A-Z_a-z]{3,40}\b|%7B[a-z]|(?:YOUR|INSERT|BASE64|ENCODED|DATA|SECRET|CONVERSATION|PASSWORD|API_?KEY|TOKEN|HISTORY|SUMMARY)[A-Z_]{0,40}\b)/i.test(
      values.slice(0, 400),
    ) && !/=(?:data|token|secret|summary|history|password)[a-z0-9-]*(?:&|$|\))/.test(values.slice(0, 120))
  );
}

function longValue(values: string): boolean {
  return /[=/][A-Za-z0-9+/_-]{40,}={0,2}(?:&|$)/.test(values.slice(0, 600));
}

const maxHidden = 40;

/** Spans that a reader of the page does not see: comments, hidden elements, attributes with text. */
export function findHiddenSpans(
  text: string,
  meter?: ScanMeter,
): readonly { readonly start: number; readonly end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (
    let at = text.indexOf('<!--');
    at >= 0 && spans.length < maxHidden;
    at = text.indexOf('<!--', at + 4)
  ) {
    const close = text.indexOf('-->', at + 4);
    const end = Math.min(close < 0 ? text.length : close + 3, at + 4_000);
    countSteps(meter, end - at);
    spans.push({ start: at, end });
  }
  for (const style of hidingStyles) {
    for (
      let at = text.indexOf(style);
      at >= 0 && spans.length < maxHidden;
      at = text.indexOf(style, at + style.length)
    ) {
      const open = text.indexOf('>', at);
      if (open < 0 || open - at > 400) continue;
      const close = text.indexOf('</', open);
      spans.push({ start: open + 1, end: Math.min(close < 0 ? text.length : close, open + 2_000) });
    }
  }
  for (const name of ['alt="', 'title="', 'aria-label="', "alt='", "title='"])
    addAttribute(text, name, spans);
  return spans;
}

function addAttribute(text: string, name: string, spans: { start: number; end: number }[]): void {
  const quote = name.at(-1) ?? '"';
  for (
    let at = text.indexOf(name);
    at >= 0 && spans.length < maxHidden;
    at = text.indexOf(name, at + name.length)
  ) {
    const from = at + name.length;
    const close = text.indexOf(quote, from);
    if (close - from >= 24) spans.push({ start: from, end: Math.min(close, from + 1_000) });
  }
}

const hidingStyles: readonly string[] = [
  'display:none',
  'display: none',
  'visibility:hidden',
  'visibility: hidden',
  'font-size:0',
  'font-size: 0',
  'font-size:1px',
  'opacity:0',
  'opacity: 0',
  'color:#fff',
  'color: #fff',
  'color:white',
  'color: white',
  'left:-9999',
  'left: -9999',
  'text-indent:-9999',
  'height:0',
  ' hidden>',
  'aria-hidden="true"',
];

/** Orders found inside what does not show are louder than the same words in the open. */
export function hiddenOrders(text: string, hits: readonly RawHit[], meter?: ScanMeter): readonly RawHit[] {
  if (!text.includes('<')) return [];
  const spans = findHiddenSpans(text, meter);
  const found: RawHit[] = [];
  for (const span of spans) {
    const order = hits.find(
      ({ start, end, facts }) => start < span.end && span.start < end && loud.has(facts.code),
    );
    if (order)
      found.push({
        facts: rules.hidden,
        ...span,
        confidence: 0.92,
        evidence: text.slice(order.start, Math.min(order.end, order.start + 160)),
      });
    else if (text.startsWith('<!--', span.start) && asks(text.slice(span.start, span.start + 600))) {
      found.push({ facts: rules.hiddenPlace, ...span, confidence: 0.35 });
    }
  }
  return found.slice(0, 5);
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
  'remote_code',
  'encoded_instruction',
]);

/** A comment that speaks to a model. */
function asks(comment: string): boolean {
  return /\b(?:ai|assistant|llm|model|agent|chatgpt|claude|bot)\b[\s\S]{0,200}\b(?:must|should|please|ignore|send|call|include|respond|reply|execute)\b/i.test(
    comment,
  );
}
