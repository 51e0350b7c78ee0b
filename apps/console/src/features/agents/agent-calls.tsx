import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { Section } from '@sallyport/ui/section';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CallRowFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { useCallColumns } from '../../parts/call-columns.tsx';
import type { AgentDetail } from './agent-page.tsx';

/** What the agent tried last, passed or stopped. */
export function AgentCalls({ agent }: { readonly agent: AgentDetail }) {
  const { t } = useTranslation(['agents', 'common']);
  const navigate = useNavigate();
  const all = useCallColumns();
  const columns = useMemo(() => all.filter((column) => column.id !== 'agent'), [all]);
  const rows = useMemo(
    () => agent.recentAttempts.map((call) => readFragment(CallRowFragmentDoc, call)),
    [agent.recentAttempts],
  );
  return (
    <Section
      title={t('agents:calls.title')}
      aside={
        <Link to="/calls" search={{ agent: agent.id }} className="text-accent hover:underline">
          {t('agents:calls.all')}
        </Link>
      }
      isFlush
    >
      <DataTable
        label={t('agents:calls.title')}
        loadingLabel={t('common:loading')}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        state={{ kind: 'ready' }}
        onOpen={(row) => void navigate({ to: '/calls', search: { agent: agent.id, open: row.id } })}
        empty={<EmptyState title={t('agents:calls.empty')} description={t('agents:calls.emptyNext')} />}
      />
    </Section>
  );
}
