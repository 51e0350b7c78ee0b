import { Button } from '@sallyport/ui/button';
import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { Dialog } from '@sallyport/ui/dialog';
import { IconButton } from '@sallyport/ui/icon-button';
import { Menu } from '@sallyport/ui/menu';
import { SecretOnce } from '@sallyport/ui/secret-once';
import { toast } from '@sallyport/ui/toast';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CreateOwnerLinkDocument,
  SetTenantStateDocument,
  type TenantsPageQuery,
} from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useGqlMutation } from '../../lib/query.ts';

export type TenantRow = TenantsPageQuery['tenants']['nodes'][number];

interface StepProps {
  readonly tenant: TenantRow;
  readonly onClose: () => void;
}

function OwnerLink({ tenant, onClose }: StepProps) {
  const { t } = useTranslation(['tenants', 'common']);
  const errorText = useErrorText();
  const make = useGqlMutation(CreateOwnerLinkDocument, { changes: [] });
  const url = make.data?.createOwnerLink.url;
  return (
    <Dialog
      open
      isSticky={url !== undefined}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={t('link.title', { name: tenant.name })}
      description={t('link.lead')}
      closeLabel={t('common:close')}
      footer={
        url === undefined ? (
          <>
            <Button onClick={onClose}>{t('common:cancel')}</Button>
            <Button
              variant="primary"
              isPending={make.isPending}
              onClick={() => make.mutate({ tenantId: tenant.id })}
            >
              {t('link.submit')}
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            {t('dialog.done')}
          </Button>
        )
      }
    >
      {url === undefined ? null : (
        <SecretOnce
          secret={url}
          note={t('dialog.note')}
          label={t('dialog.copy')}
          copyLabel={t('dialog.copy')}
          copiedLabel={t('common:copied')}
        />
      )}
      {make.error ? (
        <p role="alert" className="text-block text-sm">
          {errorText(make.error).title}
        </p>
      ) : null}
    </Dialog>
  );
}

function ChangeState({ tenant, onClose }: StepProps) {
  const { t } = useTranslation(['tenants', 'common']);
  const errorText = useErrorText();
  const isActive = tenant.state === 'ACTIVE';
  const texts = isActive ? 'suspension' : 'resumption';
  const { name } = tenant;
  const change = useGqlMutation(SetTenantStateDocument, {
    changes: ['tenant'],
    onDone: ({ setTenantState: { acked, total } }) => {
      toast({ title: t('acked', { name, acked, total }), tone: acked === total ? 'allow' : 'neutral' });
      onClose();
    },
  });
  return (
    <ConfirmDanger
      open
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={t(`${texts}.title`, { name })}
      consequence={t(`${texts}.consequence`, { name })}
      confirmLabel={t(`${texts}.confirm`)}
      cancelLabel={t('common:cancel')}
      closeLabel={t('common:close')}
      reason={{ label: t('suspension.reason'), hint: t('suspension.reasonHint') }}
      isPending={change.isPending}
      error={change.error ? errorText(change.error).title : undefined}
      onConfirm={(reason) =>
        change.mutate({ id: tenant.id, state: isActive ? 'SUSPENDED' : 'ACTIVE', reason })
      }
    />
  );
}

/** What an operator can do with one tenant. */
export function TenantActions({ tenant }: { readonly tenant: TenantRow }) {
  const { t } = useTranslation('tenants');
  const [step, setStep] = useState<'link' | 'state' | null>(null);
  const close = () => setStep(null);
  const isActive = tenant.state === 'ACTIVE';
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton label={t('actions', { name: tenant.name })} icon={<Ellipsis />} />}
        entries={[
          { kind: 'item', id: 'link', label: t('ownerLink'), onSelect: () => setStep('link') },
          {
            kind: 'item',
            id: 'state',
            label: t(isActive ? 'suspend' : 'resume'),
            isDanger: isActive,
            onSelect: () => setStep('state'),
          },
        ]}
      />
      {step === 'link' ? <OwnerLink tenant={tenant} onClose={close} /> : null}
      {step === 'state' ? <ChangeState tenant={tenant} onClose={close} /> : null}
    </>
  );
}
