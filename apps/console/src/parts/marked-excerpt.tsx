import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { FindingSeverity } from '../generated/graphql.ts';
import { markEvidence } from './mark-evidence.ts';

const tones = {
  LOW: 'observe',
  MEDIUM: 'observe',
  HIGH: 'hold',
  CRITICAL: 'block',
} as const satisfies Record<FindingSeverity, string>;

export interface MarkedExcerptProps {
  readonly finding: {
    readonly title: string;
    readonly severity: FindingSeverity;
    readonly excerpt: string;
    readonly start: number | null;
    readonly end: number | null;
  };
}

/** The stretch of text around a finding with the evidence marked; nothing where nothing may be shown. */
export function MarkedExcerpt({ finding }: MarkedExcerptProps) {
  const { excerpt, title, severity } = finding;
  if (excerpt === '') return null;
  const mark = markEvidence(finding);
  return (
    <p className="mt-1.5 rounded-md border bg-sunken px-2 py-1 text-xs">
      <UntrustedText
        text={excerpt}
        evidence={mark === null ? undefined : [{ ...mark, label: title, tone: tones[severity] }]}
        isMono
        isMultiline
        maxLength={600}
      />
    </p>
  );
}
