import './texts.ts';
import { type KeyValue, KeyValues } from '@sallyport/ui/key-values';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatCount, formatMs } from '../lib/format.ts';
import { UpstreamBadge } from './upstream-badge.tsx';
import type { UpstreamHealth } from './use-upstream-health.ts';

/** "2026-07-28, http", as far as it is known. */
export function protocolOf(health: UpstreamHealth): string | null {
  const known = [health.protocolVersion, health.transport].filter((part) => part !== null);
  return known.length === 0 ? null : known.join(', ');
}

const moment = (at: string | null) => (at === null ? null : <RelativeTime at={at} />);

function items(health: UpstreamHealth, t: TFunction<'parts'>): readonly KeyValue[] {
  const protocol = protocolOf(health);
  return [
    { id: 'state', label: t('upstream.stateLabel'), value: <UpstreamBadge state={health.state} /> },
    { id: 'breaker', label: t('upstream.breaker'), value: t(`upstream.breakerState.${health.breaker}`) },
    { id: 'ok', label: t('upstream.lastOk'), value: moment(health.lastOkAt) },
    {
      id: 'fail',
      label: t('upstream.lastFail'),
      value:
        health.lastFailAt === null ? null : (
          <>
            {moment(health.lastFailAt)}{' '}
            {health.lastError === null ? null : (
              <UntrustedText text={health.lastError} maxLength={200} className="text-muted" isMono />
            )}
          </>
        ),
    },
    { id: 'p50', label: t('upstream.p50'), value: health.p50Ms === null ? null : formatMs(health.p50Ms) },
    {
      id: 'protocol',
      label: t('upstream.protocol'),
      value: protocol === null ? null : <UntrustedText text={protocol} isMono />,
    },
    { id: 'inFlight', label: t('upstream.inFlight'), value: formatCount(health.inFlight) },
    {
      id: 'calls',
      label: t('upstream.calls'),
      value: t('upstream.callsOf', { calls: formatCount(health.calls), errors: formatCount(health.errors) }),
    },
    {
      id: 'workers',
      label: t('upstream.workers'),
      value:
        health.workers.length === 0 ? null : (
          <span className="flex flex-wrap gap-x-3 gap-y-1">
            {health.workers.map((worker) => (
              <span key={worker.id} className="inline-flex items-center gap-1.5">
                <span className="font-mono text-xs">{worker.id}</span>
                <UpstreamBadge state={worker.state} isPlain />
              </span>
            ))}
          </span>
        ),
    },
  ];
}

/** What the workers know of one upstream server. */
export function UpstreamFacts({ health }: { readonly health: UpstreamHealth }) {
  const { t } = useTranslation('parts');
  return <KeyValues items={items(health, t)} />;
}
