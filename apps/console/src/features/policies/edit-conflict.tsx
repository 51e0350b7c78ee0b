import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { DiffView } from '@sallyport/ui/diff-view';
import { useTranslation } from 'react-i18next';
import type { PolicyRowFragment } from '../../generated/graphql.ts';

export interface EditConflictProps {
  readonly stored: PolicyRowFragment;
  readonly mine: string;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}

/** Somebody saved first: both texts side by side, and the choice which one to go on with. */
export function EditConflict({ stored, mine, onTheirs, onMine }: EditConflictProps) {
  const { t } = useTranslation(['policies', 'common']);
  const name = stored.updatedBy ?? t('policies:conflict.somebody');
  return (
    <div className="flex flex-col gap-3">
      <Callout
        tone="hold"
        title={t('policies:conflict.changed', { name, version: stored.version })}
        action={
          <span className="flex flex-wrap gap-2">
            <Button onClick={onTheirs}>{t('policies:conflict.theirs')}</Button>
            <Button onClick={onMine}>{t('policies:conflict.mine')}</Button>
          </span>
        }
      >
        {t('policies:conflict.next')}
      </Callout>
      <DiffView
        before={stored.text}
        after={mine}
        language="text"
        beforeLabel={t('policies:conflict.stored')}
        afterLabel={t('policies:conflict.yours')}
        loadingLabel={t('common:loading')}
      />
    </div>
  );
}
