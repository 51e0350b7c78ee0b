import { Callout } from '@sallyport/ui/callout';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../lib/api-error.ts';
import { useErrorText } from '../../lib/error-text.ts';

/** Why the endpoint was not saved, in words that say what to do. */
export function SaveFault({ error }: { readonly error: ApiError }) {
  const { t } = useTranslation('endpoints');
  const words = useErrorText()(error);
  const { reason, name, tools } = error.details;
  if (reason === 'name_taken' && Array.isArray(tools)) {
    return (
      <Callout tone="block" title={t('saveFault.nameTaken', { name: String(name) })}>
        {tools.join(', ')}
      </Callout>
    );
  }
  const known = ['slug_taken', 'too_many', 'tool_search_name', 'live_keys', 'main'] as const;
  const found = known.find((each) => each === reason);
  return (
    <Callout tone="block" title={found === undefined ? words.title : t(`saveFault.${found}`)}>
      {found === undefined ? error.message : null} {words.incident}
    </Callout>
  );
}
