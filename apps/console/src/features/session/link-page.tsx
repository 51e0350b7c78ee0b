import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Mark } from '@sallyport/ui/mark';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../lib/error-text.ts';
import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/session.json';
import { DoorLayout } from './door-layout.tsx';
import { readFragmentToken, useRedeem } from './use-redeem.ts';

addTexts('session', texts);

/**
 * Redeems a sign-in link as soon as it is opened. The token stands behind the `#`: a link preview never
 * sends it, so only a browser that runs this page can use it up.
 */
export function LinkPage() {
  const { t } = useTranslation(['session', 'common']);
  const words = useErrorText();
  const [token] = useState(() => readFragmentToken(window.location.hash));
  const { mutate, error, isIdle } = useRedeem('/auth/link');
  const hasBegun = useRef(false);
  useEffect(() => {
    if (token === null || hasBegun.current) return;
    hasBegun.current = true;
    mutate({ token });
  }, [token, mutate]);
  const fault = error === null ? null : words(error);
  return (
    <DoorLayout title={t('session:link.title')}>
      {token === null ? <p className="text-muted text-sm">{t('session:link.missing')}</p> : null}
      {fault === null || token === null ? null : (
        <Callout
          tone="block"
          title={fault.title}
          action={<Button onClick={() => mutate({ token })}>{t('common:retry')}</Button>}
        >
          {fault.next}
        </Callout>
      )}
      {token === null || fault !== null ? null : (
        <p role="status" className="flex items-center gap-2.5 text-muted text-sm">
          <Mark className="size-5 text-accent" isLoading />
          {isIdle ? t('common:loading') : t('session:link.lead')}
        </p>
      )}
    </DoorLayout>
  );
}
