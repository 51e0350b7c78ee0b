import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { MakeOnceDialog } from '@sallyport/ui/make-once-dialog';
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
    <MakeOnceDialog
      closeLabel={t('common:close')}
      onClose={onClose}
      asking={{
        title: t('dialog.title'),
        description: t('dialog.lead'),
        cancelLabel: t('common:cancel'),
        submitLabel: t('dialog.submit'),
        isPending: invite.isPending,
        isDisabled: email.trim() === '' || roles.length === 0,
        onSubmit: () => invite.mutate({ email: email.trim(), roles }),
        children: (
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
        ),
      }}
      made={
        made === undefined
          ? null
          : {
              title: t('dialog.made', { email: made.invitation.email }),
              doneLabel: t('dialog.done'),
              children: (
                <SecretOnce
                  secret={made.url}
                  note={t('dialog.note')}
                  label={t('dialog.made', { email: made.invitation.email })}
                  copyLabel={t('dialog.copy')}
                  copiedLabel={t('common:copied')}
                />
              ),
            }
      }
    />
  );
}
