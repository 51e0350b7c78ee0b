import { Digest } from '@sallyport/ui/digest';
import { KeyValues } from '@sallyport/ui/key-values';
import { PeekPanel } from '@sallyport/ui/peek-panel';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CallDetailDocument, type CallDetailQuery, CallTraceFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { formatBytes, formatDateTime, formatMs } from '../../lib/format.ts';
import { gqlQuery } from '../../lib/query.ts';
import { OutcomeBadge } from '../../parts/badges.tsx';
import { CallWaterfall } from '../../parts/call-waterfall.tsx';
import { CallBodies } from './call-bodies.tsx';
import { CallFindings } from './call-findings.tsx';
import { PolicyTrace } from './policy-trace.tsx';

export type CallDetail = NonNullable<CallDetailQuery['call']>;

export interface CallPeekProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** One call in full: where it stopped and why, who, what, under which policies. */
export function CallPeek({ id, onClose, onPrevious, onNext }: CallPeekProps) {
  const { t } = useTranslation(['calls', 'common']);
  const query = useQuery(gqlQuery(CallDetailDocument, { id }, { touches: ['detection'] }));
  const call = query.data?.call ?? null;
  const title =
    call === null ? t('calls:peek.label') : <UntrustedText text={call.toolName ?? call.method} isMono />;
  return (
    <PeekPanel
      title={title}
      label={t('calls:peek.label')}
      closeLabel={t('calls:peek.close')}
      onClose={onClose}
      previousLabel={t('common:previous')}
      nextLabel={t('common:next')}
      onPrevious={onPrevious}
      onNext={onNext}
    >
      <div className="p-4">
        <QueryGate query={query}>
          {(data) =>
            data.call === null ? (
              <p className="text-muted text-sm">{t('calls:peek.notFound')}</p>
            ) : (
              <Body call={data.call} />
            )
          }
        </QueryGate>
      </div>
    </PeekPanel>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="border-t py-4 first:border-t-0 first:pt-0">
      <h3 className="mb-2 font-semibold text-sm">{title}</h3>
      {children}
    </section>
  );
}

function Body({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation('calls');
  return (
    <>
      <p className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-xs">
        <OutcomeBadge outcome={call.outcome} code={call.code} />
        <time dateTime={call.at}>{formatDateTime(call.at)}</time>
        {call.totalMs === null ? null : <span>{t('peek.total', { total: formatMs(call.totalMs) })}</span>}
      </p>
      <Part title={t('peek.waterfall')}>
        <CallWaterfall call={readFragment(CallTraceFragmentDoc, call)} />
      </Part>
      <Part title={t('peek.policy')}>
        <PolicyTrace call={call} />
      </Part>
      <Part title={t('peek.findings')}>
        <CallFindings callId={call.id} findings={call.findings} />
      </Part>
      <Part title={t('peek.who')}>
        <Who call={call} />
      </Part>
      <Part title={t('peek.what')}>
        <What call={call} />
      </Part>
      <Part title={t('peek.bodies')}>
        <CallBodies key={call.id} id={call.id} />
      </Part>
    </>
  );
}

const mono = (text: string | null) =>
  text === null ? null : <UntrustedText text={text} isMono className="text-xs" />;

function Who({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation('calls');
  const only = (name: string) => t('filter.onlyThis', { name });
  return (
    <KeyValues
      items={[
        {
          id: 'agent',
          label: t('peek.agent'),
          value:
            call.agent === null ? null : (
              <Link
                to="/calls"
                search={{ agent: call.agent.id }}
                title={only(t('filter.agent'))}
                className="hover:underline"
              >
                <UntrustedText text={call.agent.name} />
              </Link>
            ),
        },
        {
          id: 'customer',
          label: t('peek.customer'),
          value: call.customer === null ? null : <UntrustedText text={call.customer.name} />,
        },
        { id: 'key', label: t('peek.key'), value: mono(call.keyPrefix) },
        { id: 'client', label: t('peek.client'), value: mono(call.client) },
        { id: 'protocol', label: t('peek.protocol'), value: mono(call.protocolVersion) },
        { id: 'credential', label: t('peek.credential'), value: mono(call.credential) },
      ]}
    />
  );
}

function DigestValue({ value }: { readonly value: string | null }) {
  const { t } = useTranslation();
  return value === null ? null : <Digest value={value} copyLabel={t('copy')} copiedLabel={t('copied')} />;
}

function What({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation('calls');
  return (
    <KeyValues
      items={[
        {
          id: 'server',
          label: t('peek.server'),
          value:
            call.server === null ? null : (
              <Link to="/catalog/$serverId" params={{ serverId: call.server.id }} className="hover:underline">
                <UntrustedText text={call.server.name} />
              </Link>
            ),
        },
        { id: 'tool', label: t('peek.tool'), value: mono(call.toolName) },
        { id: 'method', label: t('peek.method'), value: mono(call.method) },
        { id: 'endpoint', label: t('peek.endpoint'), value: mono(call.endpoint) },
        { id: 'worker', label: t('peek.worker'), value: mono(call.worker) },
        {
          id: 'snapshot',
          label: t('peek.snapshot'),
          value:
            call.snapshotVersion === null
              ? null
              : t('peek.snapshotVersion', { version: call.snapshotVersion }),
        },
        {
          id: 'names',
          label: t('peek.argumentNames'),
          value: call.argumentNames.length === 0 ? null : mono(call.argumentNames.join(', ')),
        },
        { id: 'args', label: t('peek.argumentsDigest'), value: <DigestValue value={call.argumentsDigest} /> },
        { id: 'result', label: t('peek.resultDigest'), value: <DigestValue value={call.resultDigest} /> },
        {
          id: 'bytes',
          label: t('peek.bytes'),
          value: t('peek.bytesValue', {
            in: formatBytes(call.argumentsBytes),
            out: formatBytes(call.resultBytes),
          }),
        },
        ...(call.incidentId === null
          ? []
          : [{ id: 'incident', label: t('peek.incident'), value: mono(call.incidentId) }]),
      ]}
    />
  );
}
