import { CommandPalette } from '@sallyport/ui/command-palette';
import { useNavigate } from '@tanstack/react-router';
import { Building2, Keyboard, SunMoon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toggleTheme } from '../lib/theme.ts';
import { useViewer } from '../lib/viewer.ts';
import { navItems } from './nav-items.ts';
import { useSwitchTenant } from './use-switch-tenant.ts';

export interface CommandMenuProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onHelp: () => void;
}

/** Pages, actions and tenants by typing; loaded when first opened. */
export function CommandMenu({ open, onOpenChange, onHelp }: CommandMenuProps) {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const viewer = useViewer();
  const switchTenant = useSwitchTenant();
  const pages = navItems
    .filter((item) => item.isOperatorOnly !== true || viewer.isOperator)
    .map((item) => {
      const Icon = item.icon;
      return {
        id: item.to,
        label: t(`nav.${item.text}`),
        icon: <Icon aria-hidden="true" />,
        hint: `g ${item.key}`,
        onRun: () => void navigate({ to: item.to }),
      };
    });
  const tenants = viewer.tenants
    .filter((tenant) => tenant.id !== viewer.tenant?.id)
    .map((tenant) => ({
      id: tenant.id,
      label: tenant.name,
      icon: <Building2 aria-hidden="true" />,
      onRun: () => switchTenant.mutate(tenant.id),
    }));
  const actions = [
    { id: 'theme', label: t('theme.toggle'), icon: <SunMoon aria-hidden="true" />, onRun: toggleTheme },
    { id: 'help', label: t('help.label'), icon: <Keyboard aria-hidden="true" />, hint: '?', onRun: onHelp },
  ];
  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      label={t('palette.open')}
      placeholder={t('palette.placeholder')}
      emptyLabel={t('palette.empty')}
      groups={[
        { id: 'pages', label: t('palette.pages'), items: pages },
        { id: 'actions', label: t('palette.actions'), items: actions },
        ...(tenants.length > 0 ? [{ id: 'tenants', label: t('palette.tenants'), items: tenants }] : []),
      ]}
    />
  );
}
