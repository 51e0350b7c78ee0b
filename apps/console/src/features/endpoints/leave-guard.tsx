import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Asks before changes that are not saved are left behind, by a link or by closing the tab. */
export function LeaveGuard({ isDirty }: { readonly isDirty: boolean }) {
  const { t } = useTranslation(['endpoints', 'common']);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <ConfirmDanger
      open
      onOpenChange={() => blocker.reset()}
      title={t('endpoints:leave.title')}
      consequence={t('endpoints:leave.consequence')}
      confirmLabel={t('endpoints:leave.confirm')}
      cancelLabel={t('endpoints:leave.stay')}
      closeLabel={t('common:close')}
      onConfirm={() => blocker.proceed()}
    />
  );
}
