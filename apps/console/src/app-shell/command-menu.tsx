import { CommandPalette } from '@sallyport/ui/command-palette';
import { Kbd } from '@sallyport/ui/kbd';
import { useNavigate } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../lib/viewer.ts';
import type { PaletteCommand, Scope } from './palette/palette-commands.tsx';
import { noteRecent, readRecent } from './palette/recent-commands.ts';
import { usePaletteGroups } from './palette/use-palette-groups.ts';
import { useSwitchTenant } from './use-switch-tenant.ts';

export interface CommandMenuProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onHelp: () => void;
}

/** Pages, actions and everything that has a page, by typing; loaded when first opened. */
export function CommandMenu({ open, onOpenChange, onHelp }: CommandMenuProps) {
  const { t } = useTranslation(['shell', 'common']);
  const navigate = useNavigate();
  const viewer = useViewer();
  const { mutate: switchTenant } = useSwitchTenant();
  const [query, setQuery] = useState('');
  const [scope, setScope] = useState<Scope | null>(null);
  const place = viewer.tenant?.id ?? 'none';
  const [recent] = useState(() => readRecent(place));
  const context = useMemo(
    () => ({
      t,
      navigate,
      viewer,
      onHelp,
      onTenant: (tenantId: string) => switchTenant(tenantId),
      onScope: (next: Scope) => {
        setScope(next);
        setQuery('');
      },
    }),
    [t, navigate, viewer, onHelp, switchTenant],
  );
  const { groups, isLoading } = usePaletteGroups(context, { query, scope, recent });
  const count = groups.reduce((sum, group) => sum + group.items.length, 0);
  const toItem = (command: PaletteCommand) => {
    const { need } = command;
    const isLocked = need !== undefined && !viewer.permissions.includes(need);
    return {
      ...command,
      isDisabled: isLocked,
      icon: isLocked ? <Lock aria-hidden="true" /> : command.icon,
      hint: isLocked ? t('shell:palette.needs', { permission: need }) : command.hint,
      onRun: () => {
        // Choosing an agent to make a key for says nothing about where one wants to go next time.
        if (scope === null) noteRecent(place, command.id);
        command.onRun();
      },
    };
  };
  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      label={t('shell:palette.open')}
      placeholder={t(scope === null ? 'shell:palette.placeholder' : `shell:palette.choose.${scope}`)}
      emptyLabel={t(isLoading ? 'common:loading' : 'shell:palette.empty')}
      statusLabel={t('shell:palette.results', { count })}
      query={query}
      onQueryChange={setQuery}
      scope={scope === null ? null : t(`shell:palette.do.${scope}`)}
      onLeaveScope={() => setScope(null)}
      groups={groups.map((group) => ({
        id: group.id,
        label: t(`shell:palette.group.${group.id}`),
        items: group.items.map(toItem),
      }))}
      footer={<PaletteKeys isScoped={scope !== null} />}
    />
  );
}

function PaletteKeys({ isScoped }: { readonly isScoped: boolean }) {
  const { t } = useTranslation('shell');
  return (
    <>
      <span className="flex items-center gap-1.5">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd> {t('palette.keys.move')}
      </span>
      <span className="flex items-center gap-1.5">
        <Kbd>↵</Kbd> {t('palette.keys.run')}
      </span>
      {isScoped ? (
        <span className="ms-auto flex items-center gap-1.5">
          <Kbd>⌫</Kbd> {t('palette.keys.back')}
        </span>
      ) : null}
    </>
  );
}
