import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { Input } from '@sallyport/ui/input';
import { Section } from '@sallyport/ui/section';
import { Segmented } from '@sallyport/ui/segmented';
import { getRouteApi } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DetectionTier, DetectionViewFragment } from '../../generated/graphql.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { detectionTiers } from '../../parts/detection-words.tsx';
import type { DetectionSearch } from '../../routes/detection.ts';
import { ModesSection } from './modes-section.tsx';
import { ruleColumns } from './rule-columns.tsx';
import { RulePanel } from './rule-panel.tsx';
import { filterRules } from './rules-filter.ts';
import { useSaveDetection } from './use-detection.ts';

const route = getRouteApi('/shell/detection');

/** Every rule with its mode, what it did and how often people agreed with it. */
export function RulesTab({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation(['detection', 'parts']);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const canWrite = usePermission('settings.write');
  const { mutate } = useSaveDetection();
  const find = useDeferredValue(search.find);
  const rows = useMemo(
    () => filterRules(view.rules, { find, tier: search.tier }),
    [view.rules, find, search.tier],
  );
  const columns = useMemo(
    () => ruleColumns(t, { canWrite, onMode: (code, mode) => mutate({ byCode: [{ code, mode }] }) }),
    [t, canWrite, mutate],
  );
  const present = detectionTiers.filter((tier) => view.rules.some((rule) => rule.tier === tier));
  const set = (change: Partial<DetectionSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const open = view.rules.find((rule) => rule.code === search.rule);
  return (
    <div className="flex flex-col gap-4">
      <ModesSection view={view} />
      <Section
        title={t('detection:rules.title')}
        description={t('detection:rules.lead')}
        isFlush
        aside={
          <span className="flex flex-wrap items-center gap-2">
            <Segmented<DetectionTier | 'ALL'>
              label={t('detection:rules.tier')}
              value={search.tier ?? 'ALL'}
              options={[
                { value: 'ALL', label: t('detection:rules.allTiers') },
                ...present.map((value) => ({ value, label: t(`parts:detection.tier.${value}`) })),
              ]}
              onChange={(value) => set({ tier: value === 'ALL' ? undefined : value })}
            />
            <span className="w-56">
              <Input
                type="search"
                aria-label={t('detection:rules.search')}
                placeholder={t('detection:rules.search')}
                value={search.find ?? ''}
                onChange={(event) => set({ find: event.target.value || undefined })}
              />
            </span>
            <span className="tabular-nums">{t('detection:rules.count', { count: rows.length })}</span>
          </span>
        }
      >
        <div className="flex h-[70dvh] min-h-96">
          <div className="flex min-w-0 flex-1 flex-col">
            <DataTable
              label={t('detection:rules.title')}
              loadingLabel={t('detection:rules.title')}
              columns={columns}
              rows={rows}
              rowId={(row) => row.code}
              state={{ kind: 'ready' }}
              rowHeight={48}
              isFilling
              openId={open?.code ?? null}
              onOpen={(row) => set({ rule: row.code })}
              empty={
                <EmptyState
                  icon={<SearchX />}
                  title={t('detection:rules.noMatch')}
                  description={t('detection:rules.noMatchNext')}
                />
              }
            />
          </div>
          {open === undefined ? null : (
            <RulePanel key={open.code} rule={open} onClose={() => set({ rule: undefined })} />
          )}
        </div>
      </Section>
    </div>
  );
}
