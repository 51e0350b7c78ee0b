import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { CornerDownLeft, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import { UntrustedText } from './untrusted-text.tsx';

export interface Command {
  readonly id: string;
  readonly label: string;
  /** What tells two of the same label apart. */
  readonly detail?: string | undefined;
  readonly icon?: ReactNode;
  readonly hint?: ReactNode;
  readonly isDisabled?: boolean | undefined;
  readonly onRun: () => void;
  /** It shows more commands instead of leaving: the palette stays open. */
  readonly isOpening?: boolean | undefined;
}

export interface CommandGroup {
  readonly id: string;
  readonly label: string;
  readonly items: readonly Command[];
}

export interface CommandPaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly label: string;
  readonly placeholder: string;
  readonly emptyLabel: string;
  /** Found and ranked by the caller. */
  readonly groups: readonly CommandGroup[];
  readonly query: string;
  readonly onQueryChange: (query: string) => void;
  /** Said to screen readers when the list changes: "12 results". */
  readonly statusLabel: string;
  /** Set while one chooses among the commands of another; its name stands before the input. */
  readonly scope?: string | null | undefined;
  readonly onLeaveScope?: (() => void) | undefined;
  readonly footer?: ReactNode;
}

interface PaletteGroup {
  readonly value: string;
  readonly label: string;
  readonly items: Array<Command & { readonly value: string }>;
}

/** Everything one can do, by typing: a combobox over a list that is always open. */
export function CommandPalette(props: CommandPaletteProps) {
  const { open, onOpenChange, label, groups, query, onQueryChange, scope = null, footer } = props;
  const items: PaletteGroup[] = groups.map((group) => ({
    value: group.id,
    label: group.label,
    items: group.items.map((item) => ({ ...item, value: item.id })),
  }));
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center px-2 pt-2 sm:pt-[12vh]">
          <Dialog.Popup
            aria-label={label}
            className="flex max-h-[min(34rem,80dvh)] w-full max-w-xl flex-col overflow-hidden rounded-lg border bg-raised shadow-float"
          >
            <Autocomplete.Root
              open
              inline
              mode="none"
              items={items}
              value={query}
              onValueChange={(next, details) => {
                // Choosing an item would write its name into the input; only typing does.
                if (details.reason !== 'item-press') onQueryChange(next);
              }}
              autoHighlight="always"
              keepHighlight
              itemToStringValue={(item: Command) => item.label}
            >
              <PaletteInput {...props} scope={scope} />
              <Autocomplete.Status className="sr-only">{props.statusLabel}</Autocomplete.Status>
              <div className="min-h-0 flex-1 overflow-y-auto">
                <Autocomplete.Empty>
                  <p className="px-4 py-6 text-muted text-sm empty:hidden">{props.emptyLabel}</p>
                </Autocomplete.Empty>
                <Autocomplete.List className="p-1">
                  {(group: PaletteGroup) => (
                    <Autocomplete.Group key={group.value} items={group.items}>
                      <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-faint text-xs">
                        {group.label}
                      </Autocomplete.GroupLabel>
                      <Autocomplete.Collection>
                        {(item: Command) => (
                          <PaletteItem key={item.id} item={item} onClose={() => onOpenChange(false)} />
                        )}
                      </Autocomplete.Collection>
                    </Autocomplete.Group>
                  )}
                </Autocomplete.List>
              </div>
            </Autocomplete.Root>
            {footer ? (
              <footer className="flex items-center gap-3 border-t px-3.5 py-2 text-faint text-xs">
                {footer}
              </footer>
            ) : null}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteInput({ label, placeholder, query, scope, onLeaveScope }: CommandPaletteProps) {
  const isScoped = scope !== null && scope !== undefined;
  return (
    <div className="flex items-center gap-2 border-b px-3.5">
      <Search className="size-4 shrink-0 text-faint" aria-hidden="true" />
      {isScoped ? (
        <span className="shrink-0 rounded-sm bg-accent-soft px-1.5 py-0.5 text-accent text-xs">{scope}</span>
      ) : null}
      <Autocomplete.Input
        aria-label={isScoped ? `${label}: ${scope}` : label}
        placeholder={placeholder}
        onKeyDown={(event) => {
          if (event.key === 'Backspace' && query === '' && isScoped) onLeaveScope?.();
        }}
        className="h-11 w-full bg-transparent text-md outline-none max-sm:text-[1rem]"
      />
      <Kbd>Esc</Kbd>
    </div>
  );
}

interface PaletteItemProps {
  readonly item: Command;
  readonly onClose: () => void;
}

function PaletteItem({ item, onClose }: PaletteItemProps) {
  return (
    <Autocomplete.Item
      value={item}
      disabled={item.isDisabled}
      onClick={() => {
        if (item.isOpening !== true) onClose();
        item.onRun();
      }}
      className="group flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 text-sm outline-none data-disabled:opacity-55 data-highlighted:bg-hover max-sm:min-h-10 [&_svg]:size-4"
    >
      <span className="shrink-0 text-faint">{item.icon}</span>
      <UntrustedText text={item.label} className="min-w-0 truncate" />
      {item.detail ? (
        <UntrustedText text={item.detail} className="min-w-0 flex-1 truncate text-faint text-xs" />
      ) : (
        <span className="flex-1" />
      )}
      {item.hint ? <span className="shrink-0 text-faint text-xs">{item.hint}</span> : null}
      <CornerDownLeft
        className="shrink-0 text-faint opacity-0 group-data-highlighted:opacity-100 max-sm:hidden"
        aria-hidden="true"
      />
    </Autocomplete.Item>
  );
}
