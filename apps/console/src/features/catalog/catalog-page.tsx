import { Button } from '@sallyport/ui/button';
import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { FilterBar, type FilterToken } from '@sallyport/ui/filter-bar';
import { Input } from '@sallyport/ui/input';
import { Menu } from '@sallyport/ui/menu';
import { PageHeader } from '@sallyport/ui/page-header';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ListFilter, Plus, Server as ServerIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { CatalogPageDocument, type CatalogPageQuery, type ServerState } from '../../generated/graphql.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { useDataState } from '../../lib/data-states.tsx';
import { execute } from '../../lib/graphql-client.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { type CatalogRow, catalogColumns } from './catalog-columns.tsx';
import { RegisterDialog } from './register-dialog.tsx';

const route = getRouteApi('/shell/catalog');
const pageSize = 50;
const states: readonly ServerState[] = [
  'VETTING',
  'NEEDS_REVIEW',
  'PUBLISHED',
  'APPROVED',
  'VETTING_FAILED',
  'REJECTED',
  'SUSPENDED',
  'RETIRED',
];

function useCatalog(search: string | undefined, state: readonly ServerState[] | undefined) {
  const filter = { ...(search ? { search } : {}), ...(state?.length ? { state: [...state] } : {}) };
  return useInfiniteQuery<CatalogPageQuery, ApiError, CatalogRow[], unknown[], string | null>({
    queryKey: ['catalog', filter],
    queryFn: ({ pageParam, signal }) =>
      execute(CatalogPageDocument, { filter, first: pageSize, after: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: (last) =>
      last.servers.pageInfo.hasNextPage ? last.servers.pageInfo.endCursor : undefined,
    select: (data) => data.pages.flatMap((page) => page.servers.nodes),
    placeholderData: keepPreviousData,
    meta: { touches: ['server', 'vet', 'approval'] },
  });
}

const none: CatalogRow[] = [];

/** The servers of the tenant, and the way to add one. */
export function CatalogPage() {
  const { t } = useTranslation(['catalog', 'common', 'parts']);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useCatalog(search.q, search.state);
  const columns = useMemo(() => catalogColumns(t), [t]);
  const setRegister = (isOpen: boolean) =>
    void navigate({ search: (before) => ({ ...before, register: isOpen ? true : undefined }) });
  const isFiltered = Boolean(search.q) || Boolean(search.state?.length);

  return (
    <Page>
      <PageHeader
        title={t('catalog:title')}
        description={t('catalog:lead')}
        actions={
          <PermissionGate need="catalog.write">
            <Button
              variant="primary"
              icon={<Plus className="size-4" aria-hidden="true" />}
              onClick={() => setRegister(true)}
            >
              {t('catalog:register')}
            </Button>
          </PermissionGate>
        }
      />
      <CatalogFilters />
      <div className="overflow-hidden rounded-lg border bg-surface">
        <DataTable
          label={t('catalog:table')}
          loadingLabel={t('common:loading')}
          columns={columns}
          rows={query.data ?? none}
          rowId={(row) => row.id}
          rowHeight={52}
          state={useDataState(query)}
          onOpen={(row) => void navigate({ to: '/catalog/$serverId', params: { serverId: row.id } })}
          empty={
            isFiltered ? (
              <EmptyState
                title={t('catalog:empty.filteredTitle')}
                description={t('catalog:empty.filteredNext')}
              />
            ) : (
              <EmptyState
                icon={<ServerIcon />}
                title={t('catalog:empty.title')}
                description={t('catalog:empty.next')}
                action={
                  <PermissionGate need="catalog.write">
                    <Button variant="primary" onClick={() => setRegister(true)}>
                      {t('catalog:register')}
                    </Button>
                  </PermissionGate>
                }
              />
            )
          }
          footer={
            query.hasNextPage ? (
              <div className="flex justify-center p-2">
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
      <RegisterDialog
        key={String(search.register)}
        open={search.register === true}
        onOpenChange={setRegister}
        onRegistered={(serverId) => void navigate({ to: '/catalog/$serverId', params: { serverId } })}
      />
    </Page>
  );
}

function CatalogFilters() {
  const { t } = useTranslation(['catalog', 'common']);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const chosen = search.state ?? [];
  const tokens: FilterToken[] = chosen.map((state) => ({
    id: state,
    label: t('catalog:state'),
    value: t(`common:serverState.${state}`),
    removeLabel: t('catalog:filter.remove', { name: t(`common:serverState.${state}`) }),
    onRemove: () => set({ state: chosen.filter((each) => each !== state) }),
  }));
  return (
    <FilterBar
      label={t('common:filters')}
      tokens={tokens}
      clearLabel={t('common:clear')}
      onClear={() => set({ state: undefined })}
    >
      <Input
        type="search"
        aria-label={t('catalog:search')}
        placeholder={t('catalog:search')}
        defaultValue={search.q ?? ''}
        maxLength={200}
        className="h-7! w-56! text-xs!"
        onChange={(event) => set({ q: event.target.value || undefined })}
      />
      <Menu
        align="start"
        trigger={
          <Button size="sm" icon={<ListFilter className="size-3.5" aria-hidden="true" />}>
            {t('catalog:state')}
          </Button>
        }
        entries={states.map((state) => ({
          kind: 'item',
          id: state,
          label: t(`common:serverState.${state}`),
          isSelected: chosen.includes(state),
          onSelect: () =>
            set({
              state: chosen.includes(state) ? chosen.filter((each) => each !== state) : [...chosen, state],
            }),
        }))}
      />
    </FilterBar>
  );
}
