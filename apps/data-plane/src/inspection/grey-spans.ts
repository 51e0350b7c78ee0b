import type { Finding, Verdict } from '@sallyport/detection';
import { isSecret } from './finding-actions.ts';

/** Where a value left the first tiers in doubt, and how much. */
export interface GreySpan extends Pick<Finding, 'path' | 'part' | 'start' | 'end'> {
  readonly score: number;
  /** A rule marks a few words: a later tier reads the line around them. */
  readonly isNarrow: boolean;
}

/** The spans for which a verdict is in doubt: those of the model, or those of the rules where it names none. */
export function greySpansOf(verdict: Verdict, place: (finding: Finding) => Finding): readonly GreySpan[] {
  const seen = verdict.findings.filter((finding) => finding.end > finding.start && !isSecret(finding));
  const ofModel = seen.filter(({ tier }) => tier === 'model');
  return (ofModel.length > 0 ? ofModel : seen).map((finding) => {
    const { path, part, start, end, tier } = place(finding);
    return { path, part, start, end, score: verdict.score, isNarrow: tier !== 'model' };
  });
}
