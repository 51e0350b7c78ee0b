import { Badge } from '@sallyport/ui/badge';
import { Button } from '@sallyport/ui/button';
import { type DataColumn, DataTable } from '@sallyport/ui/data-table';
import { PageHeader } from '@sallyport/ui/page-header';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { UserPlus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { MembersPageDocument } from '../../generated/graphql.ts';
import { useDataState } from '../../lib/data-states.tsx';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberActions, type MemberRow } from './member-actions.tsx';

const route = getRouteApi('/shell/members');

function columnsOf(t: TFunction<['members', 'common']>): DataColumn<MemberRow>[] {
  return [
    {
      id: 'person',
      header: t('person'),
      track: 'minmax(10rem,1.4fr)',
      sortValue: (row) => row.user.displayName,
      cell: (row) => (
        <span className="flex min-w-0 flex-col leading-tight">
          <UntrustedText text={row.user.displayName} className="truncate font-medium" />
          <UntrustedText text={row.user.email} className="truncate text-faint text-xs" />
        </span>
      ),
    },
    {
      id: 'roles',
      header: t('roles'),
      track: 'minmax(8rem,1fr)',
      cell: (row) => (
        <span className="flex flex-wrap gap-1">
          {row.roles.map((role) => (
            <Badge key={role}>{t(`common:role.${role}`)}</Badge>
          ))}
        </span>
      ),
    },
    {
      id: 'seen',
      header: t('seen'),
      track: '7rem',
      showFrom: 560,
      sortValue: (row) => row.lastSeenAt ?? '',
      cell: (row) =>
        row.lastSeenAt ? (
          <RelativeTime at={row.lastSeenAt} />
        ) : (
          <span className="text-faint">{t('common:never')}</span>
        ),
    },
    {
      id: 'joined',
      header: t('joined'),
      track: '7rem',
      showFrom: 720,
      cell: (row) => <RelativeTime at={row.joinedAt} />,
    },
    { id: 'actions', header: '', track: '3.5rem', cell: (row) => <MemberActions member={row} /> },
  ];
}

/** People of the tenant, their roles, and who is invited. */
export function MembersPage() {
  const { t } = useTranslation(['members', 'common']);
  const query = useQuery(gqlQuery(MembersPageDocument, {}, { touches: ['member'] }));
  const state = useDataState(query);
  const columns = useMemo(() => columnsOf(t), [t]);
  const { invite: isInviting = false } = route.useSearch();
  const navigate = route.useNavigate();
  const setInviting = (isOpen: boolean) =>
    void navigate({ search: { invite: isOpen ? true : undefined }, replace: true });
  return (
    <Page>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <PermissionGate need="members.write">
            <Button
              variant="primary"
              icon={<UserPlus className="size-4" aria-hidden="true" />}
              onClick={() => setInviting(true)}
            >
              {t('invite')}
            </Button>
          </PermissionGate>
        }
      />
      <div className="flex flex-col gap-4">
        <Section title={t('table')} isFlush>
          <DataTable
            label={t('table')}
            loadingLabel={t('common:loading')}
            columns={columns}
            rows={query.data?.members ?? []}
            rowId={(row) => row.id}
            rowHeight={48}
            state={state}
            empty={null}
          />
        </Section>
        {query.data ? <Invitations invitations={query.data.invitations} /> : null}
      </div>
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </Page>
  );
}
