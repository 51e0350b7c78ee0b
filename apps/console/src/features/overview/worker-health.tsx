import { RelativeTime } from '@sallyport/ui/relative-time';
import { Section } from '@sallyport/ui/section';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import type { Overview } from './overview-page.tsx';

type Publication = Overview['publication'];

function WorkerRow({
  worker,
  version,
}: {
  readonly worker: Publication['workers'][number];
  readonly version: number;
}) {
  const { t } = useTranslation('overview');
  const isCurrent = worker.version !== null && worker.version >= version;
  const tone = worker.state === 'refused' ? 'block' : isCurrent ? 'allow' : 'hold';
  return (
    <li className="border-b px-4 py-2 text-sm last:border-b-0">
      <p className="flex items-center justify-between gap-3">
        <span className="min-w-0 truncate font-mono text-xs">
          <UntrustedText text={worker.id} />
        </span>
        <StatusBadge tone={tone} isPlain>
          {worker.version === null
            ? t('workers.noVersion')
            : t('workers.version', { version: worker.version })}
        </StatusBadge>
      </p>
      <p className="flex items-center justify-between gap-3 text-faint text-xs">
        <UntrustedText text={worker.reason ?? worker.state} maxLength={160} />
        <span className="shrink-0">
          {t('workers.seen')} <RelativeTime at={worker.lastSeenAt} />
        </span>
      </p>
    </li>
  );
}

/** How far the published configuration is live, worker by worker, and what a worker refused. */
export function WorkerHealth({ publication }: { readonly publication: Publication }) {
  const { t } = useTranslation('overview');
  const { version, workersLive: live, workersTotal: total } = publication;
  const describe =
    version === 0
      ? t('workers.neverPublished')
      : total === 0
        ? t('workers.published', { version })
        : t('workers.live', { version, live, total });
  return (
    <Section title={t('workers.title')} description={describe} isFlush>
      {publication.workers.length === 0 ? (
        <p className="p-4 text-muted text-sm">{t('workers.none')}</p>
      ) : null}
      <ul>
        {publication.workers.map((worker) => (
          <WorkerRow key={worker.id} worker={worker} version={version} />
        ))}
      </ul>
      {publication.refusals.slice(0, 3).map((refusal) => (
        <p
          key={`${refusal.worker}-${refusal.at}`}
          className="border-t bg-block-soft px-4 py-2 text-block text-xs"
        >
          {t('workers.refused', { worker: refusal.worker, version: refusal.version ?? '–' })}:{' '}
          <UntrustedText text={refusal.reason} maxLength={200} /> <RelativeTime at={refusal.at} />
        </p>
      ))}
    </Section>
  );
}
