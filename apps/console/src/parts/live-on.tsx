import './texts.ts';
import { Callout } from '@sallyport/ui/callout';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLivePublication } from './use-live-publication.ts';

function toneOf(live: number, total: number): 'allow' | 'hold' {
  return total > 0 && live === total ? 'allow' : 'hold';
}

export interface LiveOnProps {
  readonly title: ReactNode;
  /** The version that the change made. */
  readonly version: number;
  readonly action?: ReactNode;
}

/** How far a published change is live, counted by what the workers say, never by what was sent. */
export function LiveOn({ title, version, action }: LiveOnProps) {
  const { t } = useTranslation('parts');
  const state = useLivePublication({ version });
  if (state === null) return <Callout tone="accent" title={title} action={action} />;
  const { live, total, missing, refusals } = state;
  return (
    <div role="status">
      <Callout tone={refusals.length > 0 ? 'block' : toneOf(live, total)} title={title} action={action}>
        {total === 0 ? t('liveOn.noWorker', { version }) : t('liveOn.version', { version, live, total })}
        {total > 0 && missing.length > 0 ? ` ${t('liveOn.waiting', { workers: missing.join(', ') })}` : null}
        {refusals.map((refusal) => (
          <span key={`${refusal.worker}-${refusal.at}`} className="block">
            <UntrustedText
              text={t('liveOn.refused', { worker: refusal.worker, reason: refusal.reason })}
              maxLength={300}
            />
          </span>
        ))}
      </Callout>
    </div>
  );
}

export interface RevokedOnProps {
  readonly title: ReactNode;
  readonly revSeq: number;
  readonly action?: ReactNode;
}

/** How many workers have confirmed a revocation; one that has not may still let calls pass, and it says so. */
export function RevokedOn({ title, revSeq, action }: RevokedOnProps) {
  const { t } = useTranslation('parts');
  const state = useLivePublication({ revSeq });
  if (state === null) return <Callout tone="accent" title={title} action={action} />;
  const { live, total, missing } = state;
  return (
    <div role="status">
      <Callout tone={toneOf(live, total)} title={title} action={action}>
        {total === 0 ? t('revokedOn.noWorker') : t('revokedOn.confirmed', { live, total })}
        {missing.length > 0 ? ` ${t('revokedOn.missing', { workers: missing.join(', ') })}` : null}
      </Callout>
    </div>
  );
}
