import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import { SeverityBadge } from '../../parts/badges.tsx';
import { ActionBadge, TierText } from '../../parts/detection-words.tsx';
import { MarkedExcerpt } from '../../parts/marked-excerpt.tsx';
import type { CallDetail } from './call-peek.tsx';
import { FindingVerdict } from './finding-verdict.tsx';

type CallFinding = CallDetail['findings'][number];

export interface CallFindingsProps {
  readonly callId: string;
  readonly findings: CallDetail['findings'];
}

/** What inspection saw, where, what it did about it, and what people say of it. */
export function CallFindings({ callId, findings }: CallFindingsProps) {
  const { t } = useTranslation('calls');
  if (findings.length === 0) return <p className="text-muted text-sm">{t('peek.noFindings')}</p>;
  return (
    <ul className="flex flex-col gap-5">
      {findings.map((finding, index) => (
        <li key={`${index} ${finding.code}`} className="text-sm">
          <Finding finding={finding} />
          <FindingVerdict callId={callId} findingIndex={index} verdict={finding.verdict} />
        </li>
      ))}
    </ul>
  );
}

function Finding({ finding }: { readonly finding: CallFinding }) {
  const { t } = useTranslation('calls');
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <SeverityBadge severity={finding.severity} />
        {finding.action === null ? null : <ActionBadge action={finding.action} />}
        <span className="font-medium">
          <UntrustedText text={finding.title} />
        </span>
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-faint text-xs">
        <span className="font-mono">{finding.code}</span>
        <TierText tier={finding.tier} confidence={finding.confidence} />
        <UntrustedText text={t('peek.surface', { surface: finding.surface, path: finding.path || '/' })} />
      </p>
      <MarkedExcerpt finding={finding} />
    </>
  );
}
