import { Button } from '@sallyport/ui/button';
import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteEndpointDocument, type EndpointDetailFragment } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';

export interface DeleteEndpointProps {
  readonly endpoint: EndpointDetailFragment;
  readonly onDeleted: () => void;
}

/** Deletes an endpoint, saying first which keys die with it; `main` stays. */
export function DeleteEndpoint({ endpoint, onDeleted }: DeleteEndpointProps) {
  const { t } = useTranslation(['endpoints', 'common']);
  const words = useErrorText();
  const [isAsking, setAsking] = useState(false);
  const { id, slug, keys } = endpoint;
  const remove = useGqlMutation(DeleteEndpointDocument, {
    changes: ['endpoint', 'agent', 'publication'],
    onDone: onDeleted,
  });
  if (slug === 'main') return null;
  return (
    <>
      <PermissionGate need="catalog.write">
        <Button onClick={() => setAsking(true)}>{t('endpoints:delete.action')}</Button>
      </PermissionGate>
      {isAsking ? (
        <ConfirmDanger
          open
          onOpenChange={setAsking}
          title={t('endpoints:delete.title', { slug })}
          consequence={
            <>
              <p>{t('endpoints:delete.consequence')}</p>
              {keys.length === 0 ? null : (
                <p className="mt-2">
                  {t('endpoints:delete.keys', { count: keys.length })}{' '}
                  <UntrustedText text={keys.map((key) => `${key.name} (${key.agent.name})`).join(', ')} />
                </p>
              )}
            </>
          }
          typeToConfirm={{ word: slug, label: t('endpoints:delete.type', { slug }) }}
          confirmLabel={t(keys.length === 0 ? 'endpoints:delete.action' : 'endpoints:delete.withKeys', {
            count: keys.length,
          })}
          cancelLabel={t('common:cancel')}
          closeLabel={t('common:close')}
          isPending={remove.isPending}
          error={remove.error === null ? null : words(remove.error).title}
          onConfirm={() => remove.mutate({ id, revokeKeys: keys.length > 0 })}
        />
      ) : null}
    </>
  );
}
