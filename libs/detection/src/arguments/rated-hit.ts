import type { RawHit, RuleFacts } from '../finding.ts';

/** A hit whose severity follows how sure it is. */
export function ratedHit(facts: RuleFacts, start: number, end: number, confidence: number): RawHit {
  const severity = confidence >= 0.8 ? facts.severity : confidence >= 0.5 ? 'medium' : 'low';
  return { facts, start, end, confidence, severity };
}
