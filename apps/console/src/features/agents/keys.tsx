import { Button } from '@sallyport/ui/button';
import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { type DataColumn, DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { Section } from '@sallyport/ui/section';
import { StatusBadge } from '@sallyport/ui/status-badge';
import type { Tone } from '@sallyport/ui/tone';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { getRouteApi } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { KeyRound } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RevokeApiKeyDocument } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import type { AgentDetail, Revoked } from './agent-page.tsx';
import { type KeyState, keyState } from './key-state.ts';

const route = getRouteApi('/shell/agents/$agentId');

type ApiKey = AgentDetail['keys'][number];

const tones = { active: 'allow', expired: 'hold', revoked: 'block' } as const satisfies Record<
  KeyState,
  Tone
>;

function Name({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t } = useTranslation('agents');
  return (
    <span className="flex min-w-0 flex-col leading-tight">
      <UntrustedText text={apiKey.name} className="truncate font-medium" />
      <span className="truncate text-faint text-xs">
        <code className="font-mono">{apiKey.prefix}…</code>{' '}
        {apiKey.endpoint === null ? (
          t('keys.everyEndpoint')
        ) : (
          <UntrustedText text={t('keys.onlyEndpoint', { name: apiKey.endpoint.name })} />
        )}
      </span>
    </span>
  );
}

function columnsOf(
  t: TFunction<['agents', 'common']>,
  onRevoked: (revoked: Revoked) => void,
): ReadonlyArray<DataColumn<ApiKey>> {
  const muted = 'text-muted text-xs';
  return [
    {
      id: 'name',
      header: t('agents:keys.name'),
      track: 'minmax(8rem,1.6fr)',
      cell: (key) => <Name apiKey={key} />,
    },
    {
      id: 'state',
      header: t('agents:column.state'),
      track: '6rem',
      cell: (key) => {
        const state = keyState(key, Date.now());
        return (
          <StatusBadge tone={tones[state]} isPlain>
            {t(`agents:keys.state.${state}`)}
          </StatusBadge>
        );
      },
    },
    {
      id: 'used',
      header: t('agents:keys.used'),
      track: '5.5rem',
      showFrom: 460,
      cell: (key) =>
        key.lastUsedAt === null ? (
          <span className="text-faint text-xs">{t('common:never')}</span>
        ) : (
          <RelativeTime at={key.lastUsedAt} className={muted} />
        ),
    },
    {
      id: 'expires',
      header: t('agents:keys.expires'),
      track: '5.5rem',
      showFrom: 560,
      cell: (key) =>
        key.expiresAt === null ? (
          <span className="text-faint text-xs">{t('common:never')}</span>
        ) : (
          <RelativeTime at={key.expiresAt} className={muted} />
        ),
    },
    {
      id: 'created',
      header: t('agents:keys.created'),
      track: '5.5rem',
      showFrom: 680,
      cell: (key) => <RelativeTime at={key.createdAt} className={muted} />,
    },
    {
      id: 'action',
      header: '',
      track: '5.5rem',
      isNumeric: true,
      cell: (key) =>
        key.revokedAt === null ? (
          <Revoke apiKey={key} onRevoked={onRevoked} />
        ) : (
          <RelativeTime at={key.revokedAt} className="text-faint text-xs" />
        ),
    },
  ];
}

interface RevokeProps {
  readonly apiKey: ApiKey;
  readonly onRevoked: (revoked: Revoked) => void;
}

function Revoke({ apiKey, onRevoked }: RevokeProps) {
  const { t } = useTranslation(['agents', 'common']);
  const words = useErrorText();
  const { revoke: asked } = route.useSearch();
  const navigate = route.useNavigate();
  const isAsking = asked === apiKey.id;
  const setAsking = (isOpen: boolean) =>
    void navigate({
      search: (before) => ({ ...before, revoke: isOpen ? apiKey.id : undefined }),
      replace: true,
    });
  const { id, name, prefix } = apiKey;
  const revoke = useGqlMutation(RevokeApiKeyDocument, {
    changes: ['agent', 'publication'],
    onDone: ({ revokeApiKey: { revSeq } }) => {
      setAsking(false);
      onRevoked({ title: t('agents:keys.revoked', { name }), revSeq });
    },
  });
  return (
    <>
      <PermissionGate need="agents.write">
        <Button size="sm" onClick={() => setAsking(true)}>
          {t('agents:keys.revoke')}
        </Button>
      </PermissionGate>
      {isAsking ? (
        <ConfirmDanger
          open
          onOpenChange={setAsking}
          title={t('agents:keys.revokeTitle', { name })}
          consequence={
            <>
              {t('agents:keys.revokeConsequence', { prefix })}{' '}
              {apiKey.lastUsedAt === null ? (
                t('agents:keys.neverUsed')
              ) : (
                <>
                  {t('agents:keys.lastUsed')} <RelativeTime at={apiKey.lastUsedAt} />.
                </>
              )}
            </>
          }
          confirmLabel={t('agents:keys.revoke')}
          cancelLabel={t('common:cancel')}
          closeLabel={t('common:close')}
          isPending={revoke.isPending}
          error={revoke.error === null ? null : words(revoke.error).title}
          onConfirm={() => revoke.mutate({ id })}
        />
      ) : null}
    </>
  );
}

export interface KeysProps {
  readonly agent: AgentDetail;
  readonly onCreate: () => void;
  readonly onRevoked: (revoked: Revoked) => void;
}

/** The keys of an agent: by their prefix, never by themselves. */
export function Keys({ agent, onCreate, onRevoked }: KeysProps) {
  const { t } = useTranslation(['agents', 'common']);
  const columns = useMemo(() => columnsOf(t, onRevoked), [t, onRevoked]);
  return (
    <Section title={t('agents:keys.title')} className="self-start" isFlush>
      <DataTable
        label={t('agents:keys.title')}
        loadingLabel={t('common:loading')}
        columns={columns}
        rows={agent.keys}
        rowId={(row) => row.id}
        rowHeight={48}
        state={{ kind: 'ready' }}
        empty={
          <EmptyState
            icon={<KeyRound />}
            title={t('agents:keys.empty')}
            description={t('agents:keys.emptyNext')}
            action={
              <PermissionGate need="agents.write">
                <Button onClick={onCreate}>{t('agents:keys.create')}</Button>
              </PermissionGate>
            }
          />
        }
      />
    </Section>
  );
}
