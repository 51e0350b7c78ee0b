import { cx } from '@sallyport/ui/cx';
import { EmptyState } from '@sallyport/ui/empty-state';
import { PageHeader } from '@sallyport/ui/page-header';
import { Segmented } from '@sallyport/ui/segmented';
import { getRouteApi, useParams } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import type { ApprovalState } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { ApprovalPane } from './approval-pane.tsx';
import { Queue } from './queue.tsx';
import { useInbox } from './use-inbox.ts';

const route = getRouteApi('/shell/approvals');
const states: readonly ApprovalState[] = ['OPEN', 'APPROVED', 'REJECTED', 'SUPERSEDED'];

/** What waits for a decision on the left, the item itself on the right. */
export function ApprovalsPage() {
  const { t } = useTranslation('approvals');
  const { state = 'OPEN' } = route.useSearch();
  const { approvalId } = useParams({ strict: false });
  const navigate = route.useNavigate();
  const query = useInbox(state);
  const items = query.data ?? [];
  const openId = approvalId ?? null;
  const open = (id: string | undefined, replace = openId !== null) =>
    void (id === undefined
      ? navigate({ to: '/approvals', search: { state: state === 'OPEN' ? undefined : state } })
      : navigate({
          to: '/approvals/$approvalId',
          params: { approvalId: id },
          search: (before) => before,
          replace,
        }));
  const at = items.findIndex((item) => item.id === openId);
  const next = items.find((item, index) => index > at && item.state === 'OPEN' && item.id !== openId);
  function move(step: number) {
    const target = items[at < 0 ? 0 : at + step];
    if (target === undefined) return;
    open(target.id);
    document.getElementById(`item-${target.id}`)?.focus();
  }
  useHotkeys({ j: () => move(1), k: () => move(-1) });

  return (
    <Page width="filling">
      <div className={cx(openId !== null && 'max-lg:hidden')}>
        <PageHeader
          title={t('title')}
          description={t('lead')}
          actions={
            <Segmented
              label={t('stateFilter')}
              value={state}
              options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
              onChange={(value) =>
                void navigate({ to: '/approvals', search: { state: value === 'OPEN' ? undefined : value } })
              }
            />
          }
        />
      </div>
      <div className="flex min-h-0 flex-1 gap-4">
        <div
          className={cx(
            'flex min-h-0 flex-col overflow-hidden rounded-lg border bg-surface max-lg:flex-1 lg:w-80 lg:shrink-0',
            openId !== null && 'max-lg:hidden',
          )}
        >
          <QueryGate query={query}>
            {() => (
              <Queue
                items={items}
                state={state}
                openId={openId}
                hasMore={query.hasNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            )}
          </QueryGate>
        </div>
        <div
          className={cx(
            'flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden rounded-lg border bg-surface',
            openId === null && 'max-lg:hidden',
          )}
        >
          {openId === null ? (
            <EmptyState
              icon={<Inbox />}
              title={items.length > 0 ? t('pick.title') : t('pick.nothing')}
              description={items.length > 0 ? t('pick.next') : undefined}
              className="my-auto"
            />
          ) : (
            <ApprovalPane
              key={openId}
              id={openId}
              onBack={() => open(undefined)}
              onNext={next === undefined ? undefined : () => open(next.id)}
            />
          )}
        </div>
      </div>
    </Page>
  );
}
