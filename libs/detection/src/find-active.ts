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
  readonly isImage: boolean;
}

/** Finds links and pictures that act when they are shown: script, data in the query, places to put data. */
export function findActive(text: string, meter?: ScanMeter): readonly RawHit[] {
  const hits: RawHit[] = [];
  for (const link of linksOf(text)) {
    const hit = judgeLink(text, link, meter);
    if (hit && hits.filter(({ facts }) => facts === hit.facts).length < maxHitsPerRule) hits.push(hit);
  }
  return hits;
}

/** Where addresses of links and pictures begin, in Markdown and HTML. */
function linksOf(text: string): readonly Link[] {
  const links: Link[] = [];
  for (let at = text.indexOf(']('); at >= 0 && links.length < maxLinks; at = text.indexOf('](', at + 2)) {
    const label = text.slice(Math.max(0, at - 300), at);
    links.push({ from: at + 2, isImage: label.lastIndexOf('![') > label.lastIndexOf(']') });
  }
  for (const [name, isImage] of attributes) addAttributes(text, name, isImage, links);
  return links;
}

function addAttributes(text: string, name: string, isImage: boolean, links: Link[]): void {
  for (let at = text.indexOf(name); at >= 0 && links.length < maxLinks; at = text.indexOf(name, at + 1)) {
    const first = at + name.length;
    const quoted = text.charAt(first) === '"' || text.charAt(first) === "'";
    links.push({ from: quoted ? first + 1 : first, isImage });
  }
}

const attributes: readonly (readonly [name: string, isImage: boolean])[] = [
  ['src=', true],
  ['href=', false],
  ['HREF=', false],
  ['SRC=', true],
  ['background=', true],
  ['action=', false],
];

function judgeLink(text: string, { from, isImage }: Link, meter: ScanMeter | undefined): RawHit | undefined {
  const piece = text.slice(from, from + maxUrl);
  const found = piece.search(/[\s"')]/);
  const stop = found < 0 ? piece.length : found;
  const url = piece.slice(0, stop);
  countSteps(meter, url.length + 16);
  const span = { start: from, end: from + stop };
  if (/^(?:javascript|vbscript):|^data:(?:text\/html|image\/svg)/i.test(url)) {
    return {
      facts: rules.script,
      ...span,
      confidence: /^javascript:(?:void|;|$|\/\/)/i.test(url) ? 0.3 : 0.8,
    };
  }
  const query = url.indexOf('?');
  if (query < 0) {
    const isOdd = isImage && hasPlace(url);
    return isOdd
      ? { facts: rules.imagePlaceholder, ...span, confidence: 0.6, severity: 'medium' }
      : undefined;
  }
  // A place to put data often holds a space: it is looked for behind the end of the address too.
  const values = piece.slice(query, stop + 60);
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
