import { Button } from '@sallyport/ui/button';
import { cx } from '@sallyport/ui/cx';
import { EmptyState } from '@sallyport/ui/empty-state';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import { CheckCheck, FileDiff, Server } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ApprovalState } from '../../generated/graphql.ts';
import { FindingsBadge } from '../../parts/badges.tsx';
import { GradeBadge } from '../../parts/grade-badge.tsx';
import type { InboxItem } from './use-inbox.ts';

interface RowProps {
  readonly item: InboxItem;
  readonly state: ApprovalState;
  readonly isOpen: boolean;
}

function Row({ item, state, isOpen }: RowProps) {
  const { t } = useTranslation('approvals');
  const Icon = item.kind === 'SERVER' ? Server : FileDiff;
  const tool = item.tools[0]?.tool.name ?? '';
  const findings = item.tools.flatMap((each) => each.findings);
  return (
    <Link
      id={`item-${item.id}`}
      to="/approvals/$approvalId"
      params={{ approvalId: item.id }}
      search={{ state: state === 'OPEN' ? undefined : state }}
      aria-current={isOpen}
      onClick={(event) => {
        // By keyboard, opening means reading: the focus goes along.
        if (event.detail === 0) {
          requestAnimationFrame(() => document.getElementById('approval-pane')?.focus());
        }
      }}
      className={cx(
        'flex flex-col gap-1 px-3.5 py-2.5 outline-offset-[-2px]',
        isOpen ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span className="flex items-center gap-2">
        <Icon className="size-4 shrink-0 text-faint" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate font-medium text-sm">
          <UntrustedText text={item.server.name} />
        </span>
        {item.report === null ? null : <GradeBadge grade={item.report.grade} />}
      </span>
      <span className="flex items-center gap-2 ps-6 text-muted text-xs">
        <span className="min-w-0 flex-1 truncate">
          {item.kind === 'SERVER' ? (
            t('queue.server', { count: item.tools.length })
          ) : (
            <>
              {t('queue.tool')} <UntrustedText text={tool} isMono />
            </>
          )}
        </span>
        {findings.length > 0 ? <FindingsBadge findings={findings} /> : null}
      </span>
      <span className="flex gap-1 ps-6 text-faint text-xs">
        <UntrustedText text={item.requestedBy ?? t('queue.system')} className="truncate" />
        <span aria-hidden="true">·</span>
        <RelativeTime at={item.requestedAt} className="shrink-0" />
      </span>
    </Link>
  );
}

export interface QueueProps {
  readonly items: readonly InboxItem[];
  readonly state: ApprovalState;
  readonly openId: string | null;
  readonly hasMore: boolean;
  readonly onMore: () => void;
}

/** The items of the inbox: who asks for what, since when, and how it was graded. */
export function Queue({ items, state, openId, hasMore, onMore }: QueueProps) {
  const { t } = useTranslation(['approvals', 'common']);
  if (items.length === 0) {
    return (
      <EmptyState
        icon={<CheckCheck />}
        title={t(`approvals:empty.${state}`)}
        description={state === 'OPEN' ? t('approvals:empty.next') : undefined}
      />
    );
  }
  return (
    <ul aria-label={t('approvals:queue.label')} className="min-h-0 flex-1 divide-y overflow-y-auto">
      {items.map((item) => (
        <li key={item.id}>
          <Row item={item} state={state} isOpen={item.id === openId} />
        </li>
      ))}
      {hasMore ? (
        <li className="p-3 text-center">
          <Button size="sm" onClick={onMore}>
            {t('common:showMore')}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}
