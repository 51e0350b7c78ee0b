import { Pulse } from '@sallyport/ui/pulse';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentAttemptsDocument, CallRowFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { formatClockSeconds, formatMs } from '../../lib/format.ts';
import { gqlQuery } from '../../lib/query.ts';
import { OutcomeBadge } from '../../parts/badges.tsx';

const helpAfterMs = 20_000;
const pollMs = 2000;
const shown = 3;

function useIsLate(): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), helpAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return isLate;
}

export interface FirstCallProps {
  readonly agentId: string;
  readonly keyPrefix: string;
}

/** Listens for the first call with a new key; a refused one shows itself with its code. */
export function FirstCall({ agentId, keyPrefix }: FirstCallProps) {
  const { t } = useTranslation('agents');
  const isLate = useIsLate();
  const options = gqlQuery(AgentAttemptsDocument, { id: agentId }, { touches: ['call'], staleTimeMs: 0 });
  const query = useQuery({ ...options, refetchInterval: pollMs });
  const attempts = (query.data?.agent?.recentAttempts ?? []).filter((call) => call.keyPrefix === keyPrefix);
  const calls = attempts.map((call) => readFragment(CallRowFragmentDoc, call));
  const hasPassed = calls.some((call) => call.outcome === 'OK' || call.outcome === 'TOOL_ERROR');
  return (
    <section aria-live="polite" className="flex flex-col gap-2 rounded-lg border px-3.5 py-3">
      <p className="flex items-center gap-2.5 font-medium text-sm">
        <Pulse tone={hasPassed ? 'allow' : 'accent'} isStill={hasPassed} />
        {t(hasPassed ? 'first.connected' : calls.length > 0 ? 'first.refused' : 'first.waiting')}
      </p>
      {calls.slice(0, shown).map((call) => (
        <Link
          key={call.id}
          to="/calls"
          search={{ open: call.id }}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-2 py-1 text-sm hover:bg-hover"
        >
          <time dateTime={call.at} className="font-mono text-faint text-xs tabular-nums">
            {formatClockSeconds(call.at)}
          </time>
          <UntrustedText text={call.toolName ?? call.method} isMono className="text-xs" />
          <OutcomeBadge outcome={call.outcome} code={call.code} isPlain />
          <span className="ms-auto text-faint text-xs tabular-nums">{formatMs(call.totalMs)}</span>
        </Link>
      ))}
      {isLate && calls.length === 0 ? <p className="text-muted text-xs">{t('first.help')}</p> : null}
    </section>
  );
}
