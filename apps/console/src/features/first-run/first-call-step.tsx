import { buttonClass } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Pulse } from '@sallyport/ui/pulse';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CallRowFragmentDoc,
  CallTraceFragmentDoc,
  FirstRunAttemptsDocument,
  type FirstRunAttemptsQuery,
} from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { formatMs } from '../../lib/format.ts';
import { gqlQuery } from '../../lib/query.ts';
import { OutcomeBadge } from '../../parts/badges.tsx';
import { CallWaterfall } from '../../parts/call-waterfall.tsx';
import type { FirstAgent } from './connect-step.tsx';
import { TestCall } from './test-call.tsx';

type Attempt = NonNullable<FirstRunAttemptsQuery['agent']>['recentAttempts'][number];

const slowAfterMs = 20_000;

function useIsSlow(): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return isSlow;
}

/** The newest tool call, or the newest attempt of any kind when no tool was called yet. */
function pickAttempt(
  attempts: readonly Attempt[],
): { readonly call: Attempt; readonly isToolCall: boolean } | null {
  const rows = attempts.map((attempt) => ({ attempt, row: readFragment(CallRowFragmentDoc, attempt) }));
  const toolCall = rows.find(({ row }) => row.method === 'tools/call' && row.outcome !== 'RUNNING');
  if (toolCall !== undefined) return { call: toolCall.attempt, isToolCall: true };
  const refused = rows.find(({ row }) => row.outcome === 'DENIED' || row.outcome === 'ERROR');
  return refused === undefined ? null : { call: refused.attempt, isToolCall: false };
}

/** Listens for the first call; failed attempts appear as themselves. */
export function FirstCallStep({
  agent,
  serverId,
}: {
  readonly agent: FirstAgent;
  readonly serverId: string;
}) {
  const query = useQuery(
    gqlQuery(FirstRunAttemptsDocument, { id: agent.id }, { touches: ['call', 'agent'], staleTimeMs: 0 }),
  );
  const picked = pickAttempt(query.data?.agent?.recentAttempts ?? []);
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      {picked?.isToolCall === true ? (
        <Landed call={picked.call} />
      ) : (
        <Waiting agent={agent} refused={picked?.call ?? null} />
      )}
      <TestCall agentId={agent.id} serverId={serverId} />
    </div>
  );
}

function Waiting({ agent, refused }: { readonly agent: FirstAgent; readonly refused: Attempt | null }) {
  const { t } = useTranslation(['firstRun', 'errors']);
  const isSlow = useIsSlow();
  const row = refused === null ? null : readFragment(CallRowFragmentDoc, refused);
  return (
    <div className="flex flex-col gap-3 rounded-lg border bg-surface p-4">
      <p className="flex items-center gap-2.5 font-medium text-sm">
        <Pulse /> {t('firstRun:call.waiting')}
      </p>
      <p className="text-muted text-sm">{t('firstRun:call.waitingNext')}</p>
      {row === null ? null : (
        <Callout tone="block" title={t('firstRun:call.attempt')}>
          <span className="inline-flex items-center gap-2">
            <OutcomeBadge outcome={row.outcome} code={row.code} />
            <UntrustedText text={row.method} isMono className="text-xs" />
          </span>
        </Callout>
      )}
      {isSlow ? (
        <p className="text-muted text-sm">{t('firstRun:call.slow', { url: agent.created.endpointUrl })}</p>
      ) : null}
    </div>
  );
}

function Landed({ call }: { readonly call: Attempt }) {
  const { t } = useTranslation('firstRun');
  const row = readFragment(CallRowFragmentDoc, call);
  const hasPassed = row.outcome === 'OK' || row.outcome === 'TOOL_ERROR';
  return (
    <div className="flex flex-col gap-4 rounded-lg border bg-surface p-4">
      <div>
        <p className="flex flex-wrap items-center gap-2 font-semibold text-md">
          {hasPassed ? t('call.landed') : t('call.attempt')}
          <OutcomeBadge outcome={row.outcome} code={row.code} />
        </p>
        <p className="mt-1 text-muted text-sm">
          {hasPassed ? t('call.sentence', { added: formatMs(row.addedMs) }) : t('call.stoppedSentence')}
        </p>
      </div>
      <CallWaterfall key={row.id} call={readFragment(CallTraceFragmentDoc, call)} isAnimated />
      <p className="flex flex-wrap gap-2">
        <Link to="/" className={buttonClass('primary')}>
          {t('call.overview')}
        </Link>
        <Link to="/calls" search={{ open: row.id }} className={buttonClass()}>
          {t('call.calls')}
        </Link>
      </p>
    </div>
  );
}
