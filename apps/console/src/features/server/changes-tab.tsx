import { EmptyState } from '@sallyport/ui/empty-state';
import { useTranslation } from 'react-i18next';
import { DefinitionChange } from '../../parts/definition-change.tsx';
import type { ServerDetail } from './server-page.tsx';

/** Every change of a definition, newest first, side by side. */
export function ChangesTab({ changes }: { readonly changes: ServerDetail['changes'] }) {
  const { t } = useTranslation('server');
  if (changes.length === 0) return <EmptyState title={t('changes.none')} />;
  return (
    <div className="flex flex-col gap-6">
      {changes.map((change) => (
        <DefinitionChange key={`${change.tool.id}-${change.afterDigest}`} change={change} />
      ))}
    </div>
  );
}
