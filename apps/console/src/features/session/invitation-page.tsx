import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../lib/error-text.ts';
import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/session.json';
import { DoorLayout } from './door-layout.tsx';
import { readFragmentToken, useRedeem } from './use-redeem.ts';

addTexts('session', texts);

/** Accepts an invitation: a name, then in. */
export function InvitationPage() {
  const { t } = useTranslation('session');
  const words = useErrorText();
  const [token] = useState(() => readFragmentToken(window.location.hash));
  const [displayName, setDisplayName] = useState('');
  const redeem = useRedeem('/auth/invitation');
  const fault = redeem.error === null ? null : words(redeem.error);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (token !== null) redeem.mutate({ token, displayName: displayName.trim() });
  }

  return (
    <DoorLayout title={t('invitation.title')}>
      <p className="mb-4 text-muted text-sm">{token === null ? t('link.missing') : t('invitation.lead')}</p>
      {fault === null ? null : (
        <Callout tone="block" title={fault.title} className="mb-4">
          {fault.next}
        </Callout>
      )}
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <Field label={t('invitation.name')}>
          <Input
            value={displayName}
            maxLength={100}
            autoComplete="name"
            onChange={(event) => setDisplayName(event.target.value)}
          />
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          disabled={token === null || displayName.trim() === ''}
          isPending={redeem.isPending || redeem.isSuccess}
        >
          {t('invitation.go')}
        </Button>
      </form>
    </DoorLayout>
  );
}
