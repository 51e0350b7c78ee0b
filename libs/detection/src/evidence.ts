import { visibleText } from './characters.ts';
import {
  confidenceOf,
  type Finding,
  type FindingPart,
  type RawHit,
  ruleVersion,
  type Surface,
  severityRank,
  surfaceGroup,
} from './finding.ts';

/** How much of the text a finding may show. `span`: only what was found; `none`: nothing of it. */
export type ExcerptMode = 'context' | 'span' | 'none';

export interface Place {
  readonly text: string;
  readonly surface: Surface;
  readonly path: string;
  readonly part: FindingPart;
  readonly excerpt: ExcerptMode;
}

const contextUnits = 48;
const maxSpanUnits = 160;
const mask = '•';

/** Turns hits of one string into findings with evidence, in text order; secrets near a hit are masked too. */
export function toFindings(hits: readonly RawHit[], place: Place): readonly Finding[] {
  const secrets = hits.filter((hit) => hit.isSecret === true);
  return [...hits].sort(byPlace).map((hit) => toFinding(hit, secrets, place));
}

function byPlace(a: RawHit, b: RawHit): number {
  if (a.start !== b.start) return a.start - b.start;
  const loud = severityRank(b.severity ?? b.facts.severity) - severityRank(a.severity ?? a.facts.severity);
  if (loud !== 0) return loud;
  return a.facts.code < b.facts.code ? -1 : a.facts.code > b.facts.code ? 1 : a.end - b.end;
}

function toFinding(hit: RawHit, secrets: readonly RawHit[], place: Place): Finding {
  const { facts } = hit;
  const isPayload = surfaceGroup(place.surface) === 'payload';
  const severity = hit.severity ?? (isPayload ? facts.payloadSeverity : undefined) ?? facts.severity;
  return {
    code: facts.code,
    title: facts.title,
    severity,
    surface: place.surface,
    path: place.path,
    part: place.part,
    start: hit.start,
    end: hit.end,
    excerpt: excerptOf(hit, secrets, place),
    owasp: isPayload && facts.owasp === 'MCP03' ? 'MCP06' : facts.owasp,
    tier: facts.tier ?? 'rule',
    confidence: hit.confidence ?? confidenceOf(facts, severity),
    ruleVersion,
  };
}

function excerptOf(hit: RawHit, secrets: readonly RawHit[], place: Place): string {
  if (place.excerpt === 'none') return '';
  if (hit.isSecret === true) return maskedSecret(place.text, hit);
  if (hit.evidence !== undefined) return visibleText(hit.evidence);
  const margin = place.excerpt === 'context' ? contextUnits : 0;
  const from = Math.max(0, hit.start - margin);
  const to = Math.min(place.text.length, Math.min(hit.end, hit.start + maxSpanUnits) + margin);
  const head = from > 0 ? '…' : '';
  const tail = to < place.text.length ? '…' : '';
  return `${head}${visibleText(maskWithin(place.text, { from, to, secrets }))}${tail}`;
}

function maskedSecret(text: string, hit: RawHit): string {
  const shown = Math.min(4, hit.end - hit.start);
  return `${visibleText(text.slice(hit.start, hit.start + shown))}${mask.repeat(8)} (${hit.end - hit.start} characters)`;
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly secrets: readonly RawHit[];
}

function maskWithin(text: string, { from, to, secrets }: Window): string {
  let out = '';
  let at = from;
  for (const secret of secrets) {
    if (secret.end <= at || secret.start >= to) continue;
    if (secret.start > at) out += text.slice(at, secret.start);
    out += mask.repeat(8);
    at = Math.min(to, secret.end);
  }
  return out + text.slice(at, to);
}
