import { Button } from '@sallyport/ui/button';
import { Dialog } from '@sallyport/ui/dialog';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { SecretOnce } from '@sallyport/ui/secret-once';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InviteMemberDocument, type Role } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useGqlMutation } from '../../lib/query.ts';
import { RoleChoice } from './role-choice.tsx';

/** Asks for an address and roles, then shows the link in the only moment it can be read. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['members', 'common']);
  const errorText = useErrorText();
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<Role[]>(['VIEWER']);
  const invite = useGqlMutation(InviteMemberDocument, { changes: ['member'] });
  const made = invite.data?.inviteMember;
  return (
    <Dialog
      open
      isSticky={made !== undefined}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={made ? t('dialog.made', { email: made.invitation.email }) : t('dialog.title')}
      description={made ? undefined : t('dialog.lead')}
      closeLabel={t('common:close')}
      footer={
        made ? (
          <Button variant="primary" onClick={onClose}>
            {t('dialog.done')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('common:cancel')}</Button>
            <Button
              variant="primary"
              isPending={invite.isPending}
              disabled={email.trim() === '' || roles.length === 0}
              onClick={() => invite.mutate({ email: email.trim(), roles })}
            >
              {t('dialog.submit')}
            </Button>
          </>
        )
      }
    >
      {made ? (
        <SecretOnce
          secret={made.url}
          note={t('dialog.note')}
          label={t('dialog.made', { email: made.invitation.email })}
          copyLabel={t('dialog.copy')}
          copiedLabel={t('common:copied')}
        />
      ) : (
        <div className="flex flex-col gap-4">
          <Field
            label={t('dialog.email')}
            hint={t('dialog.emailHint')}
            error={invite.error ? errorText(invite.error).title : undefined}
          >
            <Input
              type="email"
              autoFocus
              value={email}
              maxLength={254}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          <RoleChoice value={roles} onChange={setRoles} />
          {roles.length === 0 ? <p className="text-block text-xs">{t('dialog.noRole')}</p> : null}
        </div>
      )}
    </Dialog>
  );
}
