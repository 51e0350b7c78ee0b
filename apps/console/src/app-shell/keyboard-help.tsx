import { Dialog } from '@sallyport/ui/dialog';
import { Kbd } from '@sallyport/ui/kbd';
import { useTranslation } from 'react-i18next';
import { navItems } from './nav-items.ts';

export interface KeyboardHelpProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Every key that does something. */
export function KeyboardHelp({ open, onOpenChange }: KeyboardHelpProps) {
  const { t } = useTranslation(['shell', 'common']);
  const modifier = /mac/i.test(navigator.platform) ? '⌘' : 'Ctrl';
  const everywhere: ReadonlyArray<readonly [string, readonly string[]]> = [
    [t('shell:help.palette'), [modifier, 'K']],
    [t('shell:help.help'), ['?']],
    [t('shell:help.close'), ['Esc']],
    ...navItems.map(
      (item) => [t('shell:help.goto', { page: t(`shell:nav.${item.text}`) }), ['g', item.key]] as const,
    ),
  ];
  const lists: ReadonlyArray<readonly [string, readonly string[]]> = [
    [t('shell:help.down'), ['j']],
    [t('shell:help.up'), ['k']],
    [t('shell:help.open'), ['Enter']],
  ];
  const groups = [
    { title: t('shell:help.everywhere'), rows: everywhere },
    { title: t('shell:help.lists'), rows: lists },
  ];
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('shell:help.title')}
      closeLabel={t('common:close')}
      size="sm"
    >
      {groups.map((group) => (
        <section key={group.title} className="mb-4 last:mb-0">
          <h3 className="mb-1 text-faint text-xs">{group.title}</h3>
          <dl>
            {group.rows.map(([label, keys]) => (
              <div
                key={label}
                className="flex items-center justify-between gap-4 border-b py-1.5 last:border-b-0"
              >
                <dt className="text-sm">{label}</dt>
                <dd className="flex gap-1">
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
