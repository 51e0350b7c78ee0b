import { Badge } from '@sallyport/ui/badge';
import { Button } from '@sallyport/ui/button';
import { EmptyState } from '@sallyport/ui/empty-state';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import { type MembersPageQuery, RevokeInvitationDocument } from '../../generated/graphql.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';

type Invitation = MembersPageQuery['invitations'][number];

function Row({ invitation }: { readonly invitation: Invitation }) {
  const { t } = useTranslation(['members', 'common']);
  const revoke = useGqlMutation(RevokeInvitationDocument, { changes: ['member'] });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5 text-sm">
      <span className="min-w-0 flex-1 basis-48 truncate">
        <UntrustedText text={invitation.email} />
        {invitation.invitedBy ? (
          <span className="ms-2 text-faint text-xs">{t('by', { name: invitation.invitedBy })}</span>
        ) : null}
      </span>
      {invitation.roles.map((role) => (
        <Badge key={role}>{t(`common:role.${role}`)}</Badge>
      ))}
      <span className="text-faint text-xs">
        {t('expires')} <RelativeTime at={invitation.expiresAt} />
      </span>
      <PermissionGate need="members.write">
        <Button size="sm" isPending={revoke.isPending} onClick={() => revoke.mutate({ id: invitation.id })}>
          {t('withdraw')}
        </Button>
      </PermissionGate>
    </li>
  );
}

/** Links that nobody has used yet. */
export function Invitations({ invitations }: { readonly invitations: readonly Invitation[] }) {
  const { t } = useTranslation('members');
  const open = invitations.filter((invitation) => invitation.usedAt === null);
  return (
    <Section title={t('open')} description={t('openLead')} isFlush>
      {open.length === 0 ? (
        <EmptyState title={t('noInvitations')} description={t('noInvitationsNext')} className="py-8" />
      ) : (
        <ul className="divide-y">
          {open.map((invitation) => (
            <Row key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
    </Section>
  );
}
