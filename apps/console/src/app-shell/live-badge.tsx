import { Pulse } from '@sallyport/ui/pulse';
import { Tooltip } from '@sallyport/ui/tooltip';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../lib/live.ts';
import { useShellStatus } from './use-shell-status.ts';

/** Whether this page is live, and on how many workers the published configuration is. */
export function LiveBadge() {
  const { t } = useTranslation('shell');
  const live = useLiveState();
  const publication = useShellStatus()?.publication;
  const isWhole = publication !== undefined && publication.workersLive === publication.workersTotal;
  return (
    <span role="status" className="flex items-center gap-3 whitespace-nowrap text-faint text-xs">
      {publication === undefined || publication.workersTotal === 0 ? null : (
        <Tooltip content={t('live.version', { version: publication.version })}>
          <span className={isWhole ? 'max-md:hidden' : 'text-hold'}>
            {t('live.published', { live: publication.workersLive, total: publication.workersTotal })}
          </span>
        </Tooltip>
      )}
      <span className="inline-flex items-center gap-1.5">
        <Pulse tone={live.kind === 'live' ? 'allow' : 'hold'} isStill={live.kind === 'live'} />
        <span className="max-sm:sr-only">{t(`live.${live.kind}`)}</span>
      </span>
    </span>
  );
}
