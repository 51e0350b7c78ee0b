import { IconButton } from '@sallyport/ui/icon-button';
import { Menu, type MenuEntry } from '@sallyport/ui/menu';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useMutation } from '@tanstack/react-query';
import { CircleUser, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { endSession } from '../lib/graphql-client.ts';
import { setTheme, type ThemeChoice, useThemeChoice } from '../lib/theme.ts';
import { useViewer } from '../lib/viewer.ts';

const themeIcons = { light: <Sun />, dark: <Moon />, system: <Monitor /> } as const;
const themes: readonly ThemeChoice[] = ['light', 'dark', 'system'];

/** Who is signed in, the theme, and the way out. */
export function UserMenu() {
  const { t } = useTranslation(['shell', 'common']);
  const viewer = useViewer();
  const choice = useThemeChoice();
  const signOut = useMutation({
    mutationFn: endSession,
    onSettled: () => window.location.assign('/sign-in'),
  });
  const roles = [
    ...viewer.roles.map((role) => t(`common:role.${role}`)),
    ...(viewer.isOperator ? [t('shell:user.operator')] : []),
  ];
  const entries: MenuEntry[] = [
    {
      kind: 'label',
      id: 'who',
      label: (
        <>
          <span className="block font-medium text-ink text-sm">
            <UntrustedText text={viewer.user.displayName || viewer.user.email} />
          </span>
          <span className="block">
            <UntrustedText text={viewer.user.email} />
          </span>
          <span className="block">{roles.join(', ')}</span>
        </>
      ),
    },
    { kind: 'separator', id: 'line-1' },
    ...themes.map(
      (theme): MenuEntry => ({
        kind: 'item',
        id: theme,
        label: t(`shell:theme.${theme}`),
        icon: themeIcons[theme],
        isSelected: choice === theme,
        onSelect: () => setTheme(theme),
      }),
    ),
    { kind: 'separator', id: 'line-2' },
    {
      kind: 'item',
      id: 'out',
      label: t('shell:user.signOut'),
      icon: <LogOut />,
      onSelect: () => signOut.mutate(),
    },
  ];
  return (
    <Menu entries={entries} trigger={<IconButton label={t('shell:user.menu')} icon={<CircleUser />} />} />
  );
}
