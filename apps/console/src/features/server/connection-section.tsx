import { Button } from '@sallyport/ui/button';
import { Dialog } from '@sallyport/ui/dialog';
import { KeyValues } from '@sallyport/ui/key-values';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UpdateServerConnectionDocument } from '../../generated/graphql.ts';
import { faultyField } from '../../lib/api-error.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { formatDate } from '../../lib/format.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { ConnectionFields, toConnectionInput } from '../../parts/connection-fields.tsx';
import type { ServerDetail } from './server-page.tsx';

/** How the server authenticates us; the secret itself is never shown. */
export function ConnectionSection({ server }: { readonly server: ServerDetail }) {
  const { t } = useTranslation(['server', 'common', 'parts']);
  const [isOpen, setOpen] = useState(false);
  const { connection } = server;
  const stored = connection.hasSecret
    ? [
        t('server:connection.stored'),
        connection.updatedAt && t('server:connection.since', { date: formatDate(connection.updatedAt) }),
      ]
        .filter(Boolean)
        .join(' ')
    : t('server:connection.notStored');
  return (
    <Section
      title={t('server:connection.title')}
      aside={
        server.state === 'RETIRED' ? null : (
          <PermissionGate need="catalog.write">
            <Button size="sm" onClick={() => setOpen(true)}>
              {t('server:action.editConnection')}
            </Button>
          </PermissionGate>
        )
      }
    >
      <KeyValues
        items={[
          {
            id: 'kind',
            label: t('parts:connection.label'),
            value: t(`parts:connection.kind.${connection.kind}`),
          },
          ...(connection.headerName === null
            ? []
            : [
                {
                  id: 'name',
                  label: t('server:connection.header'),
                  value: <UntrustedText text={connection.headerName} isMono className="text-xs" />,
                },
              ]),
          ...(connection.kind === 'NONE'
            ? []
            : [{ id: 'secret', label: t('parts:connection.secret'), value: stored }]),
        ]}
      />
      {isOpen ? <ConnectionDialog server={server} onClose={() => setOpen(false)} /> : null}
    </Section>
  );
}

function ConnectionDialog({
  server,
  onClose,
}: {
  readonly server: ServerDetail;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['server', 'common']);
  const words = useErrorText();
  const formId = useId();
  const [draft, setDraft] = useState({
    kind: server.connection.kind,
    headerName: server.connection.headerName ?? '',
    secret: '',
  });
  const update = useGqlMutation(UpdateServerConnectionDocument, {
    changes: ['server', 'publication'],
    onDone: onClose,
  });
  const refused = faultyField(update.error);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    update.mutate({ serverId: server.id, connection: toConnectionInput(draft) });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('server:connection.dialogTitle')}
      description={t('server:connection.dialogLead')}
      closeLabel={t('common:close')}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isPending={update.isPending}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={onSubmit} className="flex flex-col gap-4">
        <ConnectionFields
          value={draft}
          onChange={setDraft}
          hasSecret={server.connection.hasSecret && draft.kind === server.connection.kind}
          fault={refused}
        />
        {update.error === null || refused !== null ? null : (
          <p role="alert" className="text-block text-sm">
            {words(update.error).title}. {words(update.error).next}
          </p>
        )}
      </form>
    </Dialog>
  );
}
