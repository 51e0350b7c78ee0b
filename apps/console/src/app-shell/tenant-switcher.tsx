import { Button } from '@sallyport/ui/button';
import { Menu, type MenuEntry } from '@sallyport/ui/menu';
import { toast } from '@sallyport/ui/toast';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { ChevronsUpDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../lib/error-text.ts';
import { useViewer } from '../lib/viewer.ts';
import { useSwitchTenant } from './use-switch-tenant.ts';

/** Which tenant this session acts in; a session acts in one at a time. */
export function TenantSwitcher() {
  const { t } = useTranslation(['shell', 'common']);
  const viewer = useViewer();
  const words = useErrorText();
  const switchTenant = useSwitchTenant();
  const current = viewer.tenant;
  const entries: MenuEntry[] = viewer.tenants.map((tenant) => ({
    kind: 'item',
    id: tenant.id,
    label: <UntrustedText text={tenant.name} />,
    hint: tenant.state === 'SUSPENDED' ? t('shell:tenant.suspended') : undefined,
    isSelected: tenant.id === current?.id,
    onSelect: () => {
      if (tenant.id === current?.id) return;
      switchTenant.mutate(tenant.id, {
        onError: (error) =>
          toast({ title: words(error).title, description: words(error).next, tone: 'block' }),
      });
    },
  }));
  if (current === null) return null;
  if (entries.length < 2) {
    return (
      <span className="truncate px-2 font-medium text-sm">
        <UntrustedText text={current.name} />
      </span>
    );
  }
  return (
    <Menu
      align="start"
      entries={entries}
      trigger={
        <Button
          variant="ghost"
          className="min-w-0 shrink! text-ink!"
          aria-label={t('shell:tenant.switch')}
          isPending={switchTenant.isPending}
        >
          <span className="truncate">
            <UntrustedText text={current.name} />
          </span>
          <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden="true" />
        </Button>
      }
    />
  );
}
