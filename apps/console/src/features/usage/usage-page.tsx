import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { PageHeader } from '@sallyport/ui/page-header';
import { Section } from '@sallyport/ui/section';
import { Segmented } from '@sallyport/ui/segmented';
import { Stat } from '@sallyport/ui/stat';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { type UsageGroup, UsagePageDocument, type UsagePageQuery } from '../../generated/graphql.ts';
import { useDataState } from '../../lib/data-states.tsx';
import { formatBytes, formatCount } from '../../lib/format.ts';
import { gqlQuery } from '../../lib/query.ts';
import { UsageChart } from './usage-chart.tsx';
import { rowKey, usageColumns } from './usage-columns.tsx';
import { periodBounds, usagePeriods } from './usage-period.ts';

const route = getRouteApi('/shell/usage');
const groups = ['HOUR', 'CUSTOMER', 'AGENT', 'TOOL'] as const satisfies readonly UsageGroup[];

function Totals({ usage }: { readonly usage: UsagePageQuery['usage'] }) {
  const { t } = useTranslation('usage');
  const { totals, receiptCalls } = usage;
  const isEqual = totals.calls === receiptCalls;
  return (
    <div className="mb-4 overflow-hidden rounded-lg border bg-surface">
      <div className="grid grid-cols-2 divide-x divide-y sm:grid-cols-5 sm:divide-y-0">
        <Stat label={t('calls')} value={formatCount(totals.calls)} />
        <Stat label={t('denied')} value={formatCount(totals.denied)} />
        <Stat label={t('errors')} value={formatCount(totals.errors)} />
        <Stat label={t('bytesIn')} value={formatBytes(totals.bytesIn)} />
        <Stat label={t('bytesOut')} value={formatBytes(totals.bytesOut)} />
      </div>
      <p className="border-t px-4 py-2">
        <StatusBadge tone={isEqual ? 'allow' : 'hold'} isPlain>
          {t(isEqual ? 'agrees' : 'differs', { count: receiptCalls })}
        </StatusBadge>
      </p>
    </div>
  );
}

/** What was used in a period, per hour, customer, agent or tool. */
export function UsagePage() {
  const { t } = useTranslation(['usage', 'common']);
  const { period = 'day', by: groupBy = 'HOUR' } = route.useSearch();
  const navigate = route.useNavigate();
  const [now] = useState(() => Date.now());
  const bounds = periodBounds(period, now);
  const query = useQuery({
    ...gqlQuery(UsagePageDocument, { ...bounds, groupBy }, { touches: ['usage', 'call'] }),
    placeholderData: keepPreviousData,
  });
  const state = useDataState(query);
  const columns = useMemo(() => usageColumns(groupBy, t), [groupBy, t]);
  const rows = query.data?.usage.rows ?? [];
  return (
    <Page>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <Segmented
            label={t('range.label')}
            value={period}
            options={usagePeriods.map((value) => ({ value, label: t(`range.${value}`) }))}
            onChange={(value) => void navigate({ search: { period: value, by: groupBy }, replace: true })}
          />
        }
      />
      {query.data ? <Totals usage={query.data.usage} /> : null}
      <Section
        title={t('group.label')}
        isFlush
        aside={
          <Segmented
            label={t('group.label')}
            value={groupBy}
            options={groups.map((value) => ({ value, label: t(`group.${value}`) }))}
            onChange={(value) => void navigate({ search: { period, by: value }, replace: true })}
          />
        }
      >
        {groupBy === 'HOUR' && rows.length > 0 ? (
          <div className="border-b p-4">
            <UsageChart rows={rows} />
          </div>
        ) : null}
        <DataTable
          label={t('title')}
          loadingLabel={t('common:loading')}
          columns={columns}
          rows={rows}
          rowId={rowKey}
          state={state}
          empty={<EmptyState icon={<ChartColumn />} title={t('empty')} description={t('emptyNext')} />}
        />
      </Section>
    </Page>
  );
}
