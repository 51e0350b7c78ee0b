import { Callout } from '@sallyport/ui/callout';
import { Section } from '@sallyport/ui/section';
import { Segmented } from '@sallyport/ui/segmented';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { useTranslation } from 'react-i18next';
import type { DetectionViewFragment } from '../../generated/graphql.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { useSetInspection } from './use-detection.ts';

type Direction = 'requestInspection' | 'responseInspection';

const directions = ['requestInspection', 'responseInspection'] as const satisfies readonly Direction[];

/** Whether findings act in each direction, or are only recorded. */
export function DirectionSwitches({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation('detection');
  const isQuiet = directions.filter((each) => view.settings[each] !== 'block');
  return (
    <Section title={t('acting.title')} description={t('acting.lead')}>
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 md:grid-cols-2">
          {directions.map((each) => (
            <Switch key={each} direction={each} value={view.settings[each]} />
          ))}
        </div>
        {isQuiet.length === 0 ? null : (
          <Callout
            tone="hold"
            title={t(`acting.quiet.${isQuiet.length === 2 ? 'both' : (isQuiet[0] ?? 'both')}`)}
          >
            {t('acting.quietNext')}
          </Callout>
        )}
      </div>
    </Section>
  );
}

function Switch({ direction, value }: { readonly direction: Direction; readonly value: string }) {
  const { t } = useTranslation('detection');
  const canWrite = usePermission('settings.write');
  const save = useSetInspection();
  const isActing = value === 'block';
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md border px-3 py-2.5">
      <div className="min-w-0">
        <p className="font-medium text-sm">{t(`acting.${direction}`)}</p>
        <p className="text-faint text-xs">{t(`acting.${direction}Lead`)}</p>
      </div>
      {canWrite ? (
        <Segmented
          label={t(`acting.${direction}`)}
          value={isActing ? 'block' : 'monitor'}
          options={[
            { value: 'monitor', label: t('acting.monitor') },
            { value: 'block', label: t('acting.block') },
          ]}
          onChange={(next) => next !== value && save.mutate({ [direction]: next })}
        />
      ) : (
        <StatusBadge tone={isActing ? 'allow' : 'hold'}>
          {t(isActing ? 'acting.block' : 'acting.monitor')}
        </StatusBadge>
      )}
    </div>
  );
}
