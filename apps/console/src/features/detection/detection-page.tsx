import { PageHeader } from '@sallyport/ui/page-header';
import { type TabItem, Tabs } from '@sallyport/ui/tabs';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { type DetectionViewFragment, DetectionViewFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { usePermission } from '../../lib/permission-gate.tsx';
import { LiveOn } from '../../parts/live-on.tsx';
import type { DetectionSearch } from '../../routes/detection.ts';
import { DataTab } from './data-tab.tsx';
import { ModelTab } from './model-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { OwnRulesTab } from './own-rules-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { PublishedContext, useDetection } from './use-detection.ts';
import { VerdictsTab } from './verdicts-tab.tsx';

const route = getRouteApi('/shell/detection');

type Tab = NonNullable<DetectionSearch['tab']>;

const Playground = lazy(async () => ({
  default: (await import('./playground/playground-tab.tsx')).PlaygroundTab,
}));

/** What detection looks for, what it did, and what people made of it. */
export function DetectionPage() {
  const { t } = useTranslation(['detection', 'common']);
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useDetection();
  const canWrite = usePermission('settings.write');
  const [published, setPublished] = useState<number | null>(null);
  const item = (value: Tab, draw: (view: DetectionViewFragment) => ReactNode): TabItem<Tab> => ({
    value,
    label: t(`detection:tab.${value}`),
    content: (
      <QueryGate query={query}>
        {({ detection }) => draw(readFragment(DetectionViewFragmentDoc, detection))}
      </QueryGate>
    ),
  });
  return (
    <PublishedContext value={setPublished}>
      <Page>
        <PageHeader title={t('detection:title')} description={t('detection:lead')} />
        {published === null ? null : (
          <div className="pb-4">
            <LiveOn key={published} title={t('detection:saved')} version={published} />
          </div>
        )}
        {canWrite ? null : (
          <p className="pb-3 text-faint text-xs">{t('common:locked', { permission: 'settings.write' })}</p>
        )}
        <Tabs
          label={t('detection:title')}
          value={tab}
          onChange={(value) => void navigate({ search: { tab: value }, replace: true })}
          items={[
            item('overview', (view) => <OverviewTab view={view} />),
            item('rules', (view) => <RulesTab view={view} />),
            item('data', (view) => <DataTab view={view} />),
            item('own', (view) => <OwnRulesTab view={view} />),
            item('model', (view) => <ModelTab view={view} />),
            item('verdicts', (view) => <VerdictsTab view={view} />),
            item('playground', (view) => (
              <Suspense fallback={<p className="text-muted text-sm">{t('common:loading')}</p>}>
                <Playground view={view} />
              </Suspense>
            )),
          ]}
        />
      </Page>
    </PublishedContext>
  );
}
