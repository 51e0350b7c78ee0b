import { type Finding, type FindingSeverity, type Surface, visibleText } from '@sallyport/detection';
import { vettingVersion } from './report.ts';

/** A finding of this library, before it has a place. */
export interface VetRule {
  readonly code: string;
  readonly title: string;
  readonly severity: FindingSeverity;
  readonly owasp: string | null;
  readonly confidence?: number;
}

export interface VetPlace {
  readonly surface: Surface;
  readonly path: string;
  readonly evidence: string;
  readonly start?: number;
  readonly end?: number;
}

const maxEvidence = 300;

/** Builds a finding with printable evidence. */
export function makeFinding(rule: VetRule, place: VetPlace): Finding {
  const cut =
    place.evidence.length > maxEvidence ? `${place.evidence.slice(0, maxEvidence)}…` : place.evidence;
  return {
    code: rule.code,
    title: rule.title,
    severity: rule.severity,
    surface: place.surface,
    path: place.path,
    part: 'value',
    start: place.start ?? 0,
    end: place.end ?? 0,
    excerpt: visibleText(cut),
    owasp: rule.owasp,
    tier: 'rule',
    confidence: rule.confidence ?? 0.9,
    ruleVersion: vettingVersion,
  };
}

/** Text that any database and any screen takes: well formed, without NUL. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '␀');
}

/** A finding whose strings are storable. */
export function storableFinding(finding: Finding): Finding {
  return { ...finding, path: storable(finding.path), excerpt: storable(finding.excerpt) };
}
