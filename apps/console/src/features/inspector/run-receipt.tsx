import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CallTraceFragmentDoc, InspectedCallsDocument } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { CallWaterfall } from '../../parts/call-waterfall.tsx';
import type { Run } from './run-state.ts';

const pollMs = 700;
const patienceMs = 20_000;
/** Clocks of workers and control plane may differ a little. */
const slackMs = 2_000;

/** The receipt of a run, by the key it used: the stages it passed, and the way to the call itself. */
export function RunReceipt({ run }: { readonly run: Run }) {
  const { t } = useTranslation('inspector');
  const mayRead = usePermission('calls.read');
  const { keyId, sentAtMs, endedAt } = run;
  const from = new Date((sentAtMs ?? 0) - slackMs).toISOString();
  const query = useQuery({
    ...gqlQuery(InspectedCallsDocument, { keyId: keyId ?? '', from }, { touches: ['call'], staleTimeMs: 0 }),
    enabled: mayRead && keyId !== null,
    refetchInterval: ({ state }) => {
      const isFound = state.data?.calls.nodes.some(({ method }) => method === run.method) === true;
      return isFound || Date.now() - (endedAt ?? 0) > patienceMs ? false : pollMs;
    },
  });
  if (!mayRead || keyId === null) return null;
  const call = query.data?.calls.nodes.find(({ method }) => method === run.method);
  if (call === undefined) return <p className="text-faint text-xs">{t('receipt.waiting')}</p>;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <CallWaterfall call={readFragment(CallTraceFragmentDoc, call)} />
      <p className="text-sm">
        <Link to="/calls" search={{ open: call.id }} className="text-accent hover:underline">
          {t('receipt.open')}
        </Link>
      </p>
    </div>
  );
}
