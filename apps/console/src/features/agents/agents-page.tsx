import { Button } from '@sallyport/ui/button';
import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { PageHeader } from '@sallyport/ui/page-header';
import { Tabs } from '@sallyport/ui/tabs';
import { getRouteApi } from '@tanstack/react-router';
import { Bot, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { useDataState } from '../../lib/data-states.tsx';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { agentColumns } from './agent-columns.tsx';
import { AgentDialog } from './agent-dialog.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { Customers } from './customers.tsx';
import { useAgents } from './use-agents.ts';

const route = getRouteApi('/shell/agents');

/** The programs that call tools, and the customers they work for. */
export function AgentsPage() {
  const { t } = useTranslation(['agents', 'common']);
  const { tab = 'agents', create: isCreating = false } = route.useSearch();
  const navigate = route.useNavigate();
  const setCreating = (isOpen: boolean) =>
    void navigate({ search: (before) => ({ ...before, create: isOpen ? true : undefined }), replace: true });
  const openAgent = (agentId: string) => void navigate({ to: '/agents/$agentId', params: { agentId } });
  const close = () => setCreating(false);
  return (
    <Page>
      <PageHeader
        title={t('agents:title')}
        description={t('agents:lead')}
        actions={
          <PermissionGate need="agents.write">
            <Button
              variant="primary"
              icon={<Plus className="size-4" aria-hidden="true" />}
              onClick={() => setCreating(true)}
            >
              {t(tab === 'agents' ? 'agents:create' : 'agents:customers.create')}
            </Button>
          </PermissionGate>
        }
      />
      <Tabs
        label={t('agents:title')}
        value={tab}
        onChange={(value) =>
          void navigate({ search: { tab: value === 'agents' ? undefined : value }, replace: true })
        }
        items={[
          {
            value: 'agents',
            label: t('agents:tabs.agents'),
            content: <AgentTable onOpen={openAgent} onCreate={() => setCreating(true)} />,
          },
          { value: 'customers', label: t('agents:tabs.customers'), content: <Customers /> },
        ]}
      />
      {isCreating && tab === 'agents' ? (
        <AgentDialog agent={null} onClose={close} onCreated={openAgent} />
      ) : null}
      {isCreating && tab === 'customers' ? <CustomerDialog onClose={close} /> : null}
    </Page>
  );
}

interface AgentTableProps {
  readonly onOpen: (id: string) => void;
  readonly onCreate: () => void;
}

function AgentTable({ onOpen, onCreate }: AgentTableProps) {
  const { t } = useTranslation(['agents', 'common']);
  const query = useAgents();
  const columns = useMemo(() => agentColumns(t), [t]);
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <DataTable
        label={t('agents:table')}
        loadingLabel={t('common:loading')}
        columns={columns}
        rows={query.data ?? []}
        rowId={(row) => row.id}
        rowHeight={44}
        state={useDataState(query)}
        onOpen={(row) => onOpen(row.id)}
        empty={
          <EmptyState
            icon={<Bot />}
            title={t('agents:empty.title')}
            description={t('agents:empty.next')}
            action={
              <PermissionGate need="agents.write">
                <Button variant="primary" onClick={onCreate}>
                  {t('agents:create')}
                </Button>
              </PermissionGate>
            }
          />
        }
        footer={
          query.hasNextPage ? (
            <div className="p-2 text-center">
              <Button
                size="sm"
                isPending={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t('common:showMore')}
              </Button>
            </div>
          ) : null
        }
      />
    </div>
  );
}
