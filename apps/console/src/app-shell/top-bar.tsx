import { IconButton } from '@sallyport/ui/icon-button';
import { Kbd } from '@sallyport/ui/kbd';
import { CircleHelp, Menu as MenuIcon, Search, SunMoon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toggleTheme } from '../lib/theme.ts';
import { LiveBadge } from './live-badge.tsx';
import { TenantSwitcher } from './tenant-switcher.tsx';
import { UserMenu } from './user-menu.tsx';

export interface TopBarProps {
  readonly onOpenNav: () => void;
  readonly onOpenPalette: () => void;
  readonly onOpenHelp: () => void;
}

export function TopBar({ onOpenNav, onOpenPalette, onOpenHelp }: TopBarProps) {
  const { t } = useTranslation('shell');
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b bg-bg px-3">
      <IconButton label={t('nav.open')} icon={<MenuIcon />} onClick={onOpenNav} className="lg:hidden" />
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <TenantSwitcher />
      </div>
      <LiveBadge />
      <button
        type="button"
        onClick={onOpenPalette}
        className="ms-3 flex h-8 items-center gap-2 rounded-md border bg-surface px-2.5 text-faint text-xs hover:border-line-strong hover:text-muted max-md:hidden"
      >
        <Search className="size-3.5" aria-hidden="true" />
        {t('palette.open')}
        <Kbd>{/mac/i.test(navigator.platform) ? '⌘ K' : 'Ctrl K'}</Kbd>
      </button>
      <IconButton label={t('palette.open')} icon={<Search />} onClick={onOpenPalette} className="md:hidden" />
      <IconButton
        label={t('theme.toggle')}
        icon={<SunMoon />}
        onClick={toggleTheme}
        className="max-sm:hidden"
      />
      <IconButton
        label={t('help.label')}
        keys="?"
        icon={<CircleHelp />}
        onClick={onOpenHelp}
        className="max-sm:hidden"
      />
      <UserMenu />
    </header>
  );
}
