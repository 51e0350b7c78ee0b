import { Button } from '@sallyport/ui/button';
import { CopyButton } from '@sallyport/ui/copy-button';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import { ArgumentsForm } from './arguments-form.tsx';
import type { OneAskProps } from './ask-form.tsx';
import { readForm } from './form-model.ts';
import { asText } from './json-value.ts';

/** A question of the server to the person: a form, or an address to visit. */
export function AskElicitation({ ask, onAnswer }: OneAskProps) {
  const { t } = useTranslation('inspector');
  const message = asText(ask.params.message) ?? '';
  const url = ask.params.mode === 'url' ? (asText(ask.params.url) ?? '') : null;
  return (
    <div className="flex flex-col gap-3 rounded-lg border bg-surface p-3">
      <p className="text-sm">
        <UntrustedText text={message} isMultiline maxLength={4000} />
      </p>
      {url === null ? (
        <ArgumentsForm
          fields={readForm(ask.params.requestedSchema)}
          submitLabel={t('ask.accept')}
          isPending={false}
          onSubmit={(content) => onAnswer({ action: 'accept', content })}
        />
      ) : (
        <Visit url={url} onDone={() => onAnswer({ action: 'accept' })} />
      )}
      <p className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onAnswer({ action: 'decline' })}>
          {t('ask.decline')}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => onAnswer({ action: 'cancel' })}>
          {t('ask.dismiss')}
        </Button>
      </p>
    </div>
  );
}

/** The address is text: whoever wants to go there reads it first. */
function Visit({ url, onDone }: { readonly url: string; readonly onDone: () => void }) {
  const { t } = useTranslation(['inspector', 'common']);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-hold text-xs">{t('inspector:ask.visit')}</p>
      <p className="flex flex-wrap items-center gap-2">
        <UntrustedText text={url} isMono className="text-xs" maxLength={2000} />
        <CopyButton text={url} label={t('common:copy')} copiedLabel={t('common:copied')} />
      </p>
      <Button variant="primary" className="self-start" onClick={onDone}>
        {t('inspector:ask.visited')}
      </Button>
    </div>
  );
}
