import { CodeBlock } from '@sallyport/ui/code-block';
import { useTranslation } from 'react-i18next';
import { DoorLayout } from './door-layout.tsx';

const command = 'npx sallyport login-link';

/** Says how to get in: with a link that the server prints, or one that a colleague sends. */
export function SignInPage() {
  const { t } = useTranslation(['shell', 'common']);
  return (
    <DoorLayout title={t('shell:signIn.title')}>
      <div className="flex flex-col gap-3 text-muted text-sm">
        <p>{t('shell:signIn.lead')}</p>
        <p>{t('shell:signIn.where')}</p>
        <CodeBlock
          code={command}
          label={t('shell:signIn.command')}
          copyLabel={t('common:copy')}
          copiedLabel={t('common:copied')}
        />
        <p>{t('shell:signIn.invited')}</p>
      </div>
    </DoorLayout>
  );
}
