import './texts.ts';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import type { FindingMarkFragment } from '../generated/graphql.ts';
import { SeverityBadge } from './badges.tsx';
import { TierText } from './detection-words.tsx';
import { MarkedExcerpt } from './marked-excerpt.tsx';

export interface FindingLineProps {
  readonly finding: FindingMarkFragment;
  /** How often the same was found in the same text. */
  readonly count?: number | undefined;
  /** Where the text it points into is not shown beside it. */
  readonly hasExcerpt?: boolean | undefined;
}

/** One finding in words: how grave, what, where, and which item of the OWASP MCP Top 10 it belongs to. */
export function FindingLine({ finding, count = 1, hasExcerpt = false }: FindingLineProps) {
  const { t } = useTranslation('parts');
  return (
    <li className="text-sm">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <SeverityBadge severity={finding.severity} />
        <UntrustedText text={finding.title} />
        {count > 1 ? <span className="text-muted tabular-nums">×{count}</span> : null}
        <span className="font-mono text-faint text-xs">{finding.code}</span>
        <TierText tier={finding.tier} confidence={finding.confidence} />
        {finding.owasp === null ? null : (
          <span className="text-faint text-xs">{t('findings.owasp', { item: finding.owasp })}</span>
        )}
      </p>
      {hasExcerpt ? (
        <>
          <p className="mt-1 font-mono text-faint text-xs">
            <UntrustedText text={finding.path === '' ? finding.surface : finding.path} />
          </p>
          <MarkedExcerpt finding={finding} />
        </>
      ) : null}
    </li>
  );
}
