import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../lib/error-text.ts';
import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/session.json';
import { DoorLayout } from './door-layout.tsx';
import { readFragmentToken, useRedeem } from './use-redeem.ts';

addTexts('session', texts);

/** Redeems a sign-in link on a click, so that a link preview cannot use it up. */
export function LinkPage() {
  const { t } = useTranslation('session');
  const words = useErrorText();
  const [token] = useState(() => readFragmentToken(window.location.hash));
  const redeem = useRedeem('/auth/link');
  const fault = redeem.error === null ? null : words(redeem.error);
  return (
    <DoorLayout title={t('link.title')}>
      <p className="mb-4 text-muted text-sm">{token === null ? t('link.missing') : t('link.lead')}</p>
      {fault === null ? null : (
        <Callout tone="block" title={fault.title} className="mb-4">
          {fault.next}
        </Callout>
      )}
      <Button
        variant="primary"
        size="lg"
        className="w-full"
        disabled={token === null}
        isPending={redeem.isPending || redeem.isSuccess}
        onClick={() => token !== null && redeem.mutate({ token })}
      >
        {t('link.go')}
      </Button>
    </DoorLayout>
  );
}
