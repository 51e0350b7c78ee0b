import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallRowFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { formatClockSeconds, formatMs } from '../../lib/format.ts';
import { OutcomeBadge } from '../../parts/badges.tsx';
import type { Overview } from './overview-page.tsx';

const shown = 12;

/** The newest calls, on top; it holds still while the pointer or the focus is on it. */
export function LiveStrip({ recent }: { readonly recent: Overview['recent'] }) {
  const { t } = useTranslation('overview');
  const [held, setHeld] = useState<Overview['recent'] | null>(null);
  const calls = (held ?? recent).slice(0, shown).map((call) => readFragment(CallRowFragmentDoc, call));
  return (
    <Section
      title={t('recent.title')}
      isFlush
      aside={
        <>
          {held === null ? null : <span role="status">{t('recent.paused')}</span>}
          <Link to="/calls" className="text-accent hover:underline">
            {t('recent.all')}
          </Link>
        </>
      }
    >
      {calls.length === 0 ? <p className="p-4 text-muted text-sm">{t('recent.empty')}</p> : null}
      <ul
        onPointerEnter={() => setHeld(recent)}
        onPointerLeave={() => setHeld(null)}
        onFocus={() => setHeld((before) => before ?? recent)}
        onBlur={() => setHeld(null)}
      >
        {calls.map((call) => (
          <li key={call.id} className="border-b last:border-b-0">
            <Link
              to="/calls"
              search={{ open: call.id }}
              className="grid h-9 grid-cols-[4.75rem_minmax(0,1fr)_auto] items-center gap-3 px-4 text-sm outline-offset-[-2px] hover:bg-hover sm:grid-cols-[4.75rem_minmax(0,1fr)_minmax(0,9rem)_11rem_4rem]"
            >
              <time dateTime={call.at} className="font-mono text-faint text-xs tabular-nums">
                {formatClockSeconds(call.at)}
              </time>
              <span className="truncate font-mono text-xs">
                <UntrustedText text={call.toolName ?? call.method} />
              </span>
              <span className="truncate text-muted text-xs max-sm:hidden">
                {call.agent === null ? null : <UntrustedText text={call.agent.name} />}
              </span>
              <OutcomeBadge outcome={call.outcome} code={call.code} isPlain />
              <span className="text-end text-faint text-xs tabular-nums max-sm:hidden">
                {formatMs(call.totalMs)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
