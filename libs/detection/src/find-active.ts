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
};

const maxLinks = 1_000;
const maxUrl = 2_048;
const maxHitsPerRule = 5;

interface Link {
  readonly from: number;
  readonly end: number;
  readonly isImage: boolean;
}

/** Finds links and pictures that act when they are shown: script, data in the query, places to put data. */
export function findActive(text: string, meter?: ScanMeter): readonly RawHit[] {
  const hits: RawHit[] = [];
  for (const link of linksOf(text)) {
    countSteps(meter, link.end - link.from + 16);
    const hit = judgeLink(text, link);
    if (hit && hits.filter(({ facts }) => facts === hit.facts).length < maxHitsPerRule) hits.push(hit);
  }
  return hits;
}

/** Addresses of links and pictures, in Markdown and HTML; the search goes on behind each. */
function linksOf(text: string): readonly Link[] {
  const links: Link[] = [];
  for (let at = text.indexOf(']('); at >= 0 && links.length < maxLinks; ) {
    const label = text.slice(Math.max(0, at - 300), at);
    const end = addressEnd(text, at + 2);
    links.push({ from: at + 2, end, isImage: label.lastIndexOf('![') > label.lastIndexOf(']') });
    at = text.indexOf('](', end);
  }
  if (!text.includes('<')) return links;
  for (const [name, isImage] of attributes) addAttributes(text, name, isImage, links);
  return links;
}

function addAttributes(text: string, name: string, isImage: boolean, links: Link[]): void {
  for (let at = text.indexOf(name); at >= 0 && links.length < maxLinks; ) {
    const first = at + name.length;
    const quoted = text.charAt(first) === '"' || text.charAt(first) === "'";
    const from = quoted ? first + 1 : first;
    const end = addressEnd(text, from);
    links.push({ from, end, isImage });
    at = text.indexOf(name, end);
  }
}

function addressEnd(text: string, from: number): number {
  const found = text.slice(from, from + maxUrl).search(/[\s"')<[]/);
  return found < 0 ? Math.min(text.length, from + maxUrl) : from + found;
}

const attributes: readonly (readonly [name: string, isImage: boolean])[] = [
  ['src=', true],
  ['href=', false],
  ['HREF=', false],
  ['SRC=', true],
  ['background=', true],
  ['action=', false],
];

function judgeLink(text: string, { from, end, isImage }: Link): RawHit | undefined {
  const url = text.slice(from, end);
  const span = { start: from, end };
  if (/^(?:javascript|vbscript):|^data:(?:text\/html|image\/svg)/i.test(url)) {
    return {
      facts: rules.script,
      ...span,
      confidence: /^javascript:(?:void|;|$|\/\/)/i.test(url) ? 0.3 : 0.8,
    };
  }
  // A place to put data often holds a space or a bracket: it is looked for behind the end of the address too.
  const query = url.indexOf('?');
  const values = query < 0 ? '' : text.slice(from + query, end + 60);
  if (query < 0) {
    const isOdd = isImage && hasPlace(url);
    return isOdd
      ? { facts: rules.imagePlaceholder, ...span, confidence: 0.6, severity: 'medium' }
      : undefined;
  }
  if (hasPlace(values)) {
    return {
      facts: isImage ? rules.imagePlaceholder : rules.linkPlaceholder,
      ...span,
      confidence: isImage ? 0.9 : 0.5,
    };
  }
  return isImage && longValue(values) ? { facts: rules.imageData, ...span, confidence: 0.45 } : undefined;
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
