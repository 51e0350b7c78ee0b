import { Button } from '@sallyport/ui/button';
import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { IconButton } from '@sallyport/ui/icon-button';
import { Menu, type MenuEntry } from '@sallyport/ui/menu';
import { toast } from '@sallyport/ui/toast';
import { Archive, Ban, MoreHorizontal, RefreshCw, ScanSearch } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  RecheckServerDocument,
  ResumeServerDocument,
  RetireServerDocument,
  type ServerState,
  SuspendServerDocument,
  VetServerDocument,
} from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate, usePermission } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import type { ServerDetail } from './server-page.tsx';

const vettable: readonly ServerState[] = ['DRAFT', 'VETTING_FAILED', 'NEEDS_REVIEW', 'REJECTED'];
const recheckable: readonly ServerState[] = ['APPROVED', 'PUBLISHED'];
const changes = ['server', 'vet', 'publication', 'approval'] as const;

/** What can be done with a server in its present state. */
export function ServerActions({ server }: { readonly server: ServerDetail }) {
  const { t } = useTranslation(['server', 'common']);
  const words = useErrorText();
  const canWrite = usePermission('catalog.write');
  const [dialog, setDialog] = useState<'none' | 'suspend' | 'retire'>('none');
  const close = () => setDialog('none');
  const say = (title: string) => () => toast({ title, tone: 'allow' });
  const onError = (error: unknown) =>
    toast({ title: words(error).title, description: words(error).next, tone: 'block' });
  const vet = useGqlMutation(VetServerDocument, { changes, onDone: say(t('server:action.vetStarted')) });
  const recheck = useGqlMutation(RecheckServerDocument, {
    changes,
    onDone: say(t('server:action.recheckStarted')),
  });
  const resume = useGqlMutation(ResumeServerDocument, { changes, onDone: say(t('server:action.resumed')) });
  const suspend = useGqlMutation(SuspendServerDocument, { changes, onDone: close });
  const retire = useGqlMutation(RetireServerDocument, { changes, onDone: close });
  const serverId = server.id;
  const canVet = vettable.includes(server.state);

  const entries: MenuEntry[] = [];
  if (server.state === 'PUBLISHED') {
    entries.push({
      kind: 'item',
      id: 'suspend',
      label: t('server:action.suspend'),
      icon: <Ban />,
      disabled: !canWrite,
      onSelect: () => setDialog('suspend'),
    });
  }
  if (server.state !== 'RETIRED') {
    entries.push({
      kind: 'item',
      id: 'retire',
      label: t('server:action.retire'),
      icon: <Archive />,
      isDanger: true,
      disabled: !canWrite,
      onSelect: () => setDialog('retire'),
    });
  }

  return (
    <>
      {canVet ? (
        <PermissionGate need="catalog.write">
          <Button
            icon={<ScanSearch className="size-4" aria-hidden="true" />}
            isPending={vet.isPending}
            onClick={() => vet.mutate({ serverId }, { onError })}
          >
            {t('server:action.vet')}
          </Button>
        </PermissionGate>
      ) : null}
      {recheckable.includes(server.state) ? (
        <PermissionGate need="catalog.write">
          <Button
            icon={<RefreshCw className="size-4" aria-hidden="true" />}
            isPending={recheck.isPending}
            onClick={() => recheck.mutate({ serverId }, { onError })}
          >
            {t('server:action.recheck')}
          </Button>
        </PermissionGate>
      ) : null}
      {server.state === 'SUSPENDED' ? (
        <PermissionGate need="catalog.write">
          <Button
            variant="primary"
            isPending={resume.isPending}
            onClick={() => resume.mutate({ serverId }, { onError })}
          >
            {t('server:action.resume')}
          </Button>
        </PermissionGate>
      ) : null}
      {entries.length === 0 ? null : (
        <Menu
          entries={entries}
          trigger={<IconButton label={t('server:action.more')} icon={<MoreHorizontal />} />}
        />
      )}
      <ConfirmDanger
        open={dialog === 'suspend'}
        onOpenChange={close}
        title={t('server:suspend.title', { name: server.name })}
        consequence={t('server:suspend.consequence', { count: server.toolCount })}
        confirmLabel={t('server:action.suspend')}
        cancelLabel={t('common:cancel')}
        closeLabel={t('common:close')}
        reason={{ label: t('server:suspend.reason'), hint: t('server:suspend.reasonHint') }}
        isPending={suspend.isPending}
        error={suspend.error === null ? null : words(suspend.error).title}
        onConfirm={(reason) => suspend.mutate({ serverId, reason })}
      />
      <ConfirmDanger
        open={dialog === 'retire'}
        onOpenChange={close}
        title={t('server:retire.title', { name: server.name })}
        consequence={t('server:retire.consequence', { count: server.toolCount })}
        confirmLabel={t('server:action.retire')}
        cancelLabel={t('common:cancel')}
        closeLabel={t('common:close')}
        reason={{ label: t('server:suspend.reason'), hint: t('server:suspend.reasonHint') }}
        typeToConfirm={{ word: server.slug, label: t('server:retire.type', { word: server.slug }) }}
        isPending={retire.isPending}
        error={retire.error === null ? null : words(retire.error).title}
        onConfirm={(reason) => retire.mutate({ serverId, reason })}
      />
    </>
  );
}
