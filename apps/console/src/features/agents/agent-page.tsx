import { Badge } from '@sallyport/ui/badge';
import { Button, buttonClass } from '@sallyport/ui/button';
import { KeyValues } from '@sallyport/ui/key-values';
import { PageHeader } from '@sallyport/ui/page-header';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronRight, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { AgentPageDocument, type AgentPageQuery } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { ActiveBadge } from '../../parts/badges.tsx';
import { RevokedOn } from '../../parts/live-on.tsx';
import { AgentActions } from './agent-actions.tsx';
import { AgentCalls } from './agent-calls.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { Keys } from './keys.tsx';

export type AgentDetail = NonNullable<AgentPageQuery['agent']>;

/** A revocation that was made here, to follow how many workers confirm it. */
export interface Revoked {
  readonly title: string;
  readonly revSeq: number;
}

const route = getRouteApi('/shell/agents/$agentId');

/** One agent: its keys, how it connects, what it did last. */
export function AgentPage() {
  const { t } = useTranslation('agents');
  const { agentId } = route.useParams();
  const query = useQuery(gqlQuery(AgentPageDocument, { id: agentId }, { touches: ['agent', 'call'] }));
  return (
    <Page>
      <QueryGate query={query}>
        {({ agent }) =>
          agent === null ? (
            <p className="text-muted text-sm">{t('notFound')}</p>
          ) : (
            <Detail key={agent.id} agent={agent} />
          )
        }
      </QueryGate>
    </Page>
  );
}

function Detail({ agent }: { readonly agent: AgentDetail }) {
  const { t } = useTranslation('agents');
  const { newKey: isCreating = false } = route.useSearch();
  const navigate = route.useNavigate();
  const setCreating = (isOpen: boolean) =>
    void navigate({ search: (before) => ({ ...before, newKey: isOpen ? true : undefined }), replace: true });
  const [revoked, setRevoked] = useState<Revoked | null>(null);
  return (
    <>
      <PageHeader
        trail={
          <>
            <Link to="/agents" className="hover:text-ink hover:underline">
              {t('title')}
            </Link>
            <ChevronRight className="size-3" aria-hidden="true" />
          </>
        }
        title={<UntrustedText text={agent.name} />}
        meta={<ActiveBadge state={agent.state} />}
        actions={
          <>
            <PermissionGate need="agents.write">
              <Button
                variant="primary"
                icon={<KeyRound className="size-4" aria-hidden="true" />}
                onClick={() => setCreating(true)}
              >
                {t('keys.create')}
              </Button>
            </PermissionGate>
            <Link to="/connect" search={{ agent: agent.id }} className={buttonClass()}>
              {t('connect')}
            </Link>
            <Link to="/inspector" search={{ agent: agent.id }} className={buttonClass()}>
              {t('inspect')}
            </Link>
            <AgentActions agent={agent} onRevoked={setRevoked} />
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {revoked === null ? null : (
          <RevokedOn key={revoked.revSeq} title={revoked.title} revSeq={revoked.revSeq} />
        )}
        <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <Keys agent={agent} onCreate={() => setCreating(true)} onRevoked={setRevoked} />
          <Facts agent={agent} />
        </div>
        <AgentCalls agent={agent} />
      </div>
      {isCreating ? <CreateKeyDialog agent={agent} onClose={() => setCreating(false)} /> : null}
    </>
  );
}

function Facts({ agent }: { readonly agent: AgentDetail }) {
  const { t } = useTranslation(['agents', 'common']);
  return (
    <Section title={t('agents:facts.title')} className="self-start">
      <KeyValues
        items={[
          {
            id: 'roles',
            label: t('agents:column.roles'),
            value:
              agent.roles.length === 0 ? (
                <span className="text-faint">{t('agents:noRoles')}</span>
              ) : (
                <span className="flex flex-wrap gap-1">
                  {agent.roles.map((role) => (
                    <Badge key={role} className="font-mono">
                      <UntrustedText text={role} />
                    </Badge>
                  ))}
                </span>
              ),
          },
          {
            id: 'customer',
            label: t('agents:column.customer'),
            value: agent.customer === null ? null : <UntrustedText text={agent.customer.name} />,
          },
          {
            id: 'owner',
            label: t('agents:facts.owner'),
            value: agent.owner === null ? null : <UntrustedText text={agent.owner.name} />,
          },
          { id: 'created', label: t('agents:facts.created'), value: <RelativeTime at={agent.createdAt} /> },
          {
            id: 'last',
            label: t('agents:column.lastCall'),
            value: agent.lastCallAt === null ? t('common:never') : <RelativeTime at={agent.lastCallAt} />,
          },
        ]}
      />
    </Section>
  );
}
