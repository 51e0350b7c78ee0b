import './texts.ts';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import type { FindingMarkFragment } from '../generated/graphql.ts';
import { SeverityBadge } from './badges.tsx';

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
        {finding.owasp === null ? null : (
          <span className="text-faint text-xs">{t('findings.owasp', { item: finding.owasp })}</span>
        )}
      </p>
      {hasExcerpt ? (
        <p className="mt-1 text-muted text-xs">
          <span className="font-mono text-faint">
            <UntrustedText text={finding.path === '' ? finding.surface : finding.path} />
          </span>
          {finding.excerpt === '' ? null : (
            <span className="mt-1 block rounded-md border bg-sunken px-2 py-1">
              <UntrustedText text={finding.excerpt} isMono isMultiline maxLength={600} />
            </span>
          )}
        </p>
      ) : null}
    </li>
  );
}
