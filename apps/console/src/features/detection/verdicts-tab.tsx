import { Section } from '@sallyport/ui/section';
import { Segmented } from '@sallyport/ui/segmented';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DetectionViewFragment, VerdictWord } from '../../generated/graphql.ts';
import { ExportSection } from './export-section.tsx';
import { VerdictList } from './verdict-list.tsx';

const filters = ['ALL', 'CONFIRMED', 'OVERRIDDEN'] as const satisfies readonly (VerdictWord | 'ALL')[];

/** What people made of findings, and what leaves this tenant to learn from. */
export function VerdictsTab({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation('detection');
  const [shown, setShown] = useState<(typeof filters)[number]>('ALL');
  return (
    <div className="flex flex-col gap-4">
      <Section
        title={t('verdicts.title')}
        description={t('verdicts.lead')}
        aside={
          <Segmented
            label={t('verdicts.filter')}
            value={shown}
            options={filters.map((value) => ({ value, label: t(`verdicts.shown.${value}`) }))}
            onChange={setShown}
          />
        }
      >
        <VerdictList key={shown} verdict={shown === 'ALL' ? undefined : shown} />
      </Section>
      <ExportSection consent={view.exportConsent} />
    </div>
  );
}
