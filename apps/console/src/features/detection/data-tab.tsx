import { Callout } from '@sallyport/ui/callout';
import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { Input } from '@sallyport/ui/input';
import { Section } from '@sallyport/ui/section';
import { Segmented } from '@sallyport/ui/segmented';
import { getRouteApi, Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DetectionViewFragment, RestoreTokens, SensitiveClass } from '../../generated/graphql.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { ActionChoice, sensitiveActions } from '../../parts/detection-words.tsx';
import type { DetectionSearch } from '../../routes/detection.ts';
import { dataColumns } from './data-columns.tsx';
import { actionOfClass } from './patch-view.ts';
import { filterTypes, typeName } from './rules-filter.ts';
import { useSaveDetection } from './use-detection.ts';

const route = getRouteApi('/shell/detection');

const classes = [
  'SECRET',
  'FINANCIAL',
  'IDENTITY',
  'CONTACT',
  'HEALTH',
  'NETWORK',
] as const satisfies readonly SensitiveClass[];
const restores = ['NEVER', 'SAME_SERVER', 'ALWAYS'] as const satisfies readonly RestoreTokens[];

/** What happens to secrets and personal data on their way out and in. */
export function DataTab({ view }: { readonly view: DetectionViewFragment }) {
  return (
    <div className="flex flex-col gap-4">
      <Classes view={view} />
      <Restore view={view} />
      <Types view={view} />
    </div>
  );
}

function Classes({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation(['detection', 'parts']);
  const canWrite = usePermission('settings.write');
  const { mutate } = useSaveDetection();
  const choice = (name: SensitiveClass, side: 'outbound' | 'inbound') => (
    <ActionChoice
      label={t(`detection:data.${side}Of`, { name: t(`parts:detection.class.${name}`) })}
      value={actionOfClass(view.settings[side].byClass, name)}
      disabled={!canWrite}
      onChange={(action) => mutate({ [side]: { byClass: [{ class: name, action }] } })}
    />
  );
  return (
    <Section title={t('detection:data.title')} description={t('detection:data.lead')}>
      <div className="flex flex-col gap-4">
        <table className="w-full max-w-3xl text-sm">
          <thead>
            <tr className="text-faint text-xs">
              <th className="py-1 pe-3 text-start font-normal">{t('detection:data.class')}</th>
              <th className="w-[28%] py-1 pe-3 text-start font-normal sm:w-40">
                {t('detection:data.outbound')}
              </th>
              <th className="w-[28%] py-1 text-start font-normal sm:w-40">{t('detection:data.inbound')}</th>
            </tr>
          </thead>
          <tbody>
            {classes.map((name) => (
              <tr key={name} className="border-t">
                <th scope="row" className="py-1.5 pe-3 text-start font-normal">
                  <span className="block">{t(`parts:detection.class.${name}`)}</span>
                  <span className="block text-faint text-xs max-sm:hidden">
                    {t(`detection:data.about.${name}`)}
                  </span>
                </th>
                <td className="py-1.5 pe-3">{choice(name, 'outbound')}</td>
                <td className="py-1.5">{choice(name, 'inbound')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {mayRulesAct(view) ? (
          <Callout
            title={t('detection:data.rulesToo')}
            action={
              <Link
                to="/detection"
                search={{ tab: 'rules', find: 'secret_' }}
                className="text-accent text-sm hover:underline"
              >
                {t('detection:data.rulesTooLink')}
              </Link>
            }
          >
            {t('detection:data.rulesTooNext')}
          </Callout>
        ) : null}
        <dl className="grid gap-x-6 gap-y-1 border-t pt-3 text-xs sm:grid-cols-2 xl:grid-cols-3">
          {sensitiveActions.map((action) => (
            <div key={action}>
              <dt className="inline font-medium">{t(`parts:detection.action.${action}`)}</dt>{' '}
              <dd className="inline text-faint">{t(`parts:detection.actionMeans.${action}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}

/** Redaction takes nothing out in some direction, and a rule about secrets would do more than record. */
function mayRulesAct({ settings, rules }: DetectionViewFragment): boolean {
  const isLeft = (['outbound', 'inbound'] as const).some((side) =>
    ['ALLOW', 'ALERT'].includes(actionOfClass(settings[side].byClass, 'SECRET')),
  );
  return isLeft && rules.some(({ code, mode }) => code.startsWith('secret_') && mode === 'BLOCK');
}

function Restore({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation('detection');
  const canWrite = usePermission('settings.write');
  const { mutate } = useSaveDetection();
  const { restoreTokens } = view.settings;
  return (
    <Section title={t('restore.title')} description={t('restore.lead')}>
      <fieldset disabled={!canWrite} className="flex flex-col gap-2">
        <legend className="sr-only">{t('restore.title')}</legend>
        {restores.map((value) => (
          <label key={value} className="flex items-start gap-2.5 text-sm">
            <input
              type="radio"
              name="restore"
              className="mt-1 accent-accent"
              checked={restoreTokens === value}
              onChange={() => mutate({ restoreTokens: value })}
            />
            <span>
              {t(`restore.${value}`)}
              <span className="block text-faint text-xs">{t(`restore.${value}_hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Section>
  );
}

function Types({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation(['detection', 'parts']);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const canWrite = usePermission('settings.write');
  const { mutate } = useSaveDetection();
  const find = useDeferredValue(search.find);
  const rows = useMemo(
    () => filterTypes(view.sensitiveTypes, { find, class: search.class }, typeName),
    [view.sensitiveTypes, find, search.class],
  );
  const columns = useMemo(
    () =>
      dataColumns(t, {
        canWrite,
        onAction: (side, type, action) => mutate({ [side]: { byType: [{ type, action }] } }),
      }),
    [t, canWrite, mutate],
  );
  const set = (change: Partial<DetectionSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <Section
      title={t('detection:types.title')}
      description={t('detection:types.lead')}
      isFlush
      aside={
        <span className="flex flex-wrap items-center gap-2">
          <Segmented<SensitiveClass | 'ALL'>
            label={t('detection:data.class')}
            value={search.class ?? 'ALL'}
            options={[
              { value: 'ALL', label: t('detection:types.all') },
              ...classes.map((value) => ({ value, label: t(`parts:detection.class.${value}`) })),
            ]}
            onChange={(value) => set({ class: value === 'ALL' ? undefined : value })}
          />
          <span className="w-48">
            <Input
              type="search"
              aria-label={t('detection:types.search')}
              placeholder={t('detection:types.search')}
              value={search.find ?? ''}
              onChange={(event) => set({ find: event.target.value || undefined })}
            />
          </span>
          <span className="tabular-nums">{t('detection:types.count', { count: rows.length })}</span>
        </span>
      }
    >
      <div className="flex h-[60dvh] min-h-80 flex-col">
        <DataTable
          label={t('detection:types.title')}
          loadingLabel={t('detection:types.title')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.type}
          state={{ kind: 'ready' }}
          rowHeight={44}
          isFilling
          empty={
            <EmptyState
              icon={<SearchX />}
              title={t('detection:types.noMatch')}
              description={t('detection:types.noMatchNext')}
            />
          }
        />
      </div>
    </Section>
  );
}
