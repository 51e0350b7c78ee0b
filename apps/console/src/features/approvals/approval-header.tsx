import { Badge } from '@sallyport/ui/badge';
import { Button } from '@sallyport/ui/button';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { StatusBadge } from '@sallyport/ui/status-badge';
import type { Tone } from '@sallyport/ui/tone';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ScrollText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ApprovalState, FindingMarkFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { FindingLine } from '../../parts/finding-line.tsx';
import { GradeBadge } from '../../parts/grade-badge.tsx';
import type { ApprovalItem } from './approval-pane.tsx';

const tones = {
  OPEN: 'hold',
  APPROVED: 'allow',
  REJECTED: 'block',
  SUPERSEDED: 'neutral',
} as const satisfies Record<ApprovalState, Tone>;

export interface ApprovalHeaderProps {
  readonly item: ApprovalItem;
  readonly onBack: () => void;
}

/** What is asked, by whom and since when, with the report's grade and its reasons. */
export function ApprovalHeader({ item, onBack }: ApprovalHeaderProps) {
  const { t } = useTranslation('approvals');
  const { report, server } = item;
  return (
    <header className="mb-4 flex flex-col gap-2">
      <Button
        variant="ghost"
        size="sm"
        className="-ms-2.5 self-start lg:hidden"
        icon={<ArrowLeft className="size-3.5" aria-hidden="true" />}
        onClick={onBack}
      >
        {t('pane.back')}
      </Button>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h2 className="font-semibold text-lg">
          <Link to="/catalog/$serverId" params={{ serverId: server.id }} className="hover:underline">
            <UntrustedText text={server.name} />
          </Link>
        </h2>
        <Badge>{t(`kind.${item.kind}`)}</Badge>
        {report === null ? null : <GradeBadge grade={report.grade} />}
        <StatusBadge tone={tones[item.state]}>{t(`state.${item.state}`)}</StatusBadge>
      </div>
      <p className="flex flex-wrap gap-x-3 gap-y-1 text-muted text-xs">
        <UntrustedText text={server.url} isMono />
        <span>
          <UntrustedText text={t('pane.requested', { name: item.requestedBy ?? t('queue.system') })} />{' '}
          <RelativeTime at={item.requestedAt} />
        </span>
        {report === null ? null : (
          <Link
            to="/reports/$reportId"
            params={{ reportId: report.id }}
            className="inline-flex items-center gap-1 text-accent hover:underline"
          >
            <ScrollText className="size-3.5" aria-hidden="true" />
            {t('pane.report')}
          </Link>
        )}
      </p>
      <Verdict item={item} />
      {report === null || item.kind === 'TOOL' ? null : <Reasons report={report} />}
    </header>
  );
}

function Verdict({ item }: { readonly item: ApprovalItem }) {
  const { t } = useTranslation('approvals');
  if (item.decidedAt === null || item.state === 'SUPERSEDED') return null;
  return (
    <p className="rounded-md border bg-sunken px-3 py-2 text-sm">
      <UntrustedText text={t('pane.decided', { name: item.decidedBy ?? t('queue.system') })} />{' '}
      <RelativeTime at={item.decidedAt} className="text-muted" />
      {item.reason === null ? null : (
        <span className="mt-0.5 block text-muted">
          <UntrustedText text={item.reason} isMultiline />
        </span>
      )}
    </p>
  );
}

function Reasons({ report }: { readonly report: NonNullable<ApprovalItem['report']> }) {
  const findings = readFragment(FindingMarkFragmentDoc, report.serverFindings);
  return (
    <>
      {report.gradeReasons.length === 0 ? null : (
        <ul className="flex list-disc flex-col gap-0.5 ps-5 text-sm marker:text-faint">
          {report.gradeReasons.map((reason) => (
            <li key={reason}>
              <UntrustedText text={reason} />
            </li>
          ))}
        </ul>
      )}
      {findings.length === 0 ? null : (
        <ul className="flex flex-col gap-2">
          {findings.map((finding) => (
            <FindingLine
              key={`${finding.code}-${finding.path}-${finding.start}`}
              finding={finding}
              hasExcerpt
            />
          ))}
        </ul>
      )}
    </>
  );
}
