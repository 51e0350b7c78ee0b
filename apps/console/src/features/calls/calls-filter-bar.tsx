import { errorTable } from '@sallyport/kernel';
import { Button } from '@sallyport/ui/button';
import { FilterBar, type FilterToken } from '@sallyport/ui/filter-bar';
import { Menu, type MenuEntry } from '@sallyport/ui/menu';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CallFilterChoicesDocument } from '../../generated/graphql.ts';
import { formatDateTime } from '../../lib/format.ts';
import { gqlQuery } from '../../lib/query.ts';
import type { CallsSearch } from '../../routes/calls.ts';
import { withoutFilters } from './calls-filter.ts';

const route = getRouteApi('/shell/calls');
const outcomes = ['OK', 'DENIED', 'TOOL_ERROR', 'ERROR', 'CANCELLED', 'UNKNOWN', 'RUNNING'] as const;
const stopCodes = Object.keys(errorTable).slice(0, Object.keys(errorTable).indexOf('not_ready'));

function toggled<Value>(list: readonly Value[] | undefined, value: Value): Value[] | undefined {
  const next = list?.includes(value) ? list.filter((each) => each !== value) : [...(list ?? []), value];
  return next.length === 0 ? undefined : next;
}

function FilterMenu({ label, entries }: { readonly label: string; readonly entries: readonly MenuEntry[] }) {
  return (
    <Menu
      align="start"
      entries={entries}
      trigger={
        <Button size="sm" icon={<ListFilter className="size-3.5" aria-hidden="true" />}>
          {label}
        </Button>
      }
    />
  );
}

type TokenKey = 'outcome' | 'code' | 'agent' | 'server' | 'tool' | 'customer' | 'from' | 'to';

/** Filters as tokens; they live in the URL, so the view can be shared. */
export function CallsFilterBar({ aside }: { readonly aside?: ReactNode }) {
  const { t } = useTranslation(['calls', 'common', 'errors']);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choices = useQuery(gqlQuery(CallFilterChoicesDocument, {}, { touches: ['server', 'agent'] })).data;
  const set = (change: Partial<CallsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const nameOf = (list: ReadonlyArray<{ id: string; name: string }> | undefined, id: string) =>
    list?.find((each) => each.id === id)?.name ?? id;

  function token(key: TokenKey, value: ReactNode): FilterToken {
    const name = t(`calls:filter.${key}`);
    return {
      id: key,
      label: name,
      value,
      removeLabel: t('calls:filter.remove', { name }),
      onRemove: () => set({ [key]: undefined }),
    };
  }
  const tokens: FilterToken[] = [];
  if (search.outcome)
    tokens.push(token('outcome', search.outcome.map((each) => t(`common:outcome.${each}`)).join(', ')));
  if (search.code) tokens.push(token('code', <UntrustedText text={search.code.join(', ')} isMono />));
  if (search.agent)
    tokens.push(token('agent', <UntrustedText text={nameOf(choices?.agents.nodes, search.agent)} />));
  if (search.server)
    tokens.push(token('server', <UntrustedText text={nameOf(choices?.servers.nodes, search.server)} />));
  if (search.tool) tokens.push(token('tool', <UntrustedText text={search.tool} isMono />));
  if (search.customer) tokens.push(token('customer', <UntrustedText text={search.customer} />));
  if (search.from) tokens.push(token('from', formatDateTime(search.from)));
  if (search.to) tokens.push(token('to', formatDateTime(search.to)));

  const refEntries = (
    list: ReadonlyArray<{ id: string; name: string }> | undefined,
    key: 'agent' | 'server',
  ): MenuEntry[] =>
    (list ?? []).map((each) => ({
      kind: 'item',
      id: each.id,
      label: <UntrustedText text={each.name} />,
      isSelected: search[key] === each.id,
      onSelect: () => set({ [key]: search[key] === each.id ? undefined : each.id }),
    }));

  return (
    <FilterBar
      label={t('common:filters')}
      tokens={tokens}
      clearLabel={t('common:clear')}
      onClear={() => void navigate({ search: withoutFilters(search), replace: true })}
      aside={aside}
    >
      <FilterMenu
        label={t('calls:filter.outcome')}
        entries={outcomes.map((outcome) => ({
          kind: 'item',
          id: outcome,
          label: t(`common:outcome.${outcome}`),
          isSelected: search.outcome?.includes(outcome) ?? false,
          onSelect: () => set({ outcome: toggled(search.outcome, outcome) }),
        }))}
      />
      <FilterMenu
        label={t('calls:filter.code')}
        entries={stopCodes.map((code) => ({
          kind: 'item',
          id: code,
          label: <span className="font-mono text-xs">{code}</span>,
          isSelected: search.code?.includes(code) ?? false,
          onSelect: () => set({ code: toggled(search.code, code) }),
        }))}
      />
      {choices?.servers.nodes.length ? (
        <FilterMenu label={t('calls:filter.server')} entries={refEntries(choices.servers.nodes, 'server')} />
      ) : null}
      {choices?.agents.nodes.length ? (
        <FilterMenu label={t('calls:filter.agent')} entries={refEntries(choices.agents.nodes, 'agent')} />
      ) : null}
    </FilterBar>
  );
}
