import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { cx } from './cx.ts';
import type { MenuEntry, MenuProps } from './menu.tsx';

function Entry({ entry }: { readonly entry: MenuEntry }) {
  switch (entry.kind) {
    case 'separator':
      return <Base.Separator className="my-1 h-px bg-line" />;
    case 'label':
      return <div className="px-2 pt-1.5 pb-1 text-faint text-xs">{entry.label}</div>;
    case 'item':
      return (
        <Base.Item
          onClick={entry.onSelect}
          disabled={entry.disabled ?? false}
          className={cx(
            'flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0',
            entry.isDanger === true ? 'text-block' : 'text-ink',
          )}
        >
          <span className="text-faint">{entry.icon}</span>
          <span className="min-w-0 flex-1">{entry.label}</span>
          {entry.hint ? <span className="text-faint text-xs">{entry.hint}</span> : null}
          {entry.isSelected === true ? <Check className="text-accent" aria-hidden="true" /> : null}
        </Base.Item>
      );
  }
}

/** The menu itself; loaded by `Menu` after the first paint. */
export function MenuMount({ trigger, entries, align = 'end' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className="z-50">
          <Base.Popup className="max-h-[min(28rem,var(--available-height))] min-w-48 max-w-[min(22rem,calc(100vw-1rem))] overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
