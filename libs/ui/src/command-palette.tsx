import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly hint?: ReactNode;
  readonly onRun: () => void;
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
  readonly groups: readonly CommandGroup[];
}

interface PaletteGroup {
  readonly value: string;
  readonly items: Array<Command & { readonly value: string }>;
}

/** Everything one can do, by typing. */
export function CommandPalette({
  open,
  onOpenChange,
  label,
  placeholder,
  emptyLabel,
  groups,
}: CommandPaletteProps) {
  const items: PaletteGroup[] = groups.map((group) => ({
    value: group.label,
    items: group.items.map((item) => ({ ...item, value: item.id })),
  }));
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center px-2 pt-[12vh]">
          <Dialog.Popup
            aria-label={label}
            className="flex max-h-[min(30rem,76vh)] w-full max-w-xl flex-col overflow-hidden rounded-lg border bg-raised shadow-float"
          >
            <Autocomplete.Root
              open
              inline
              items={items}
              autoHighlight="always"
              keepHighlight
              itemToStringValue={(item: Command) => item.label}
            >
              <div className="flex items-center gap-2 border-b px-3.5">
                <Search className="size-4 shrink-0 text-faint" aria-hidden="true" />
                <Autocomplete.Input
                  aria-label={label}
                  placeholder={placeholder}
                  className="h-11 w-full bg-transparent text-md outline-none"
                />
              </div>
              <div className="min-h-0 overflow-y-auto">
                <Autocomplete.Empty>
                  <p className="px-4 py-6 text-muted text-sm empty:hidden">{emptyLabel}</p>
                </Autocomplete.Empty>
                <Autocomplete.List className="p-1">
                  {(group: PaletteGroup) => (
                    <Autocomplete.Group key={group.value} items={group.items}>
                      <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-faint text-xs">
                        {group.value}
                      </Autocomplete.GroupLabel>
                      <Autocomplete.Collection>
                        {(item: Command) => (
                          <Autocomplete.Item
                            key={item.id}
                            value={item}
                            onClick={() => {
                              onOpenChange(false);
                              item.onRun();
                            }}
                            className="flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 text-sm outline-none data-highlighted:bg-hover [&_svg]:size-4"
                          >
                            <span className="text-faint">{item.icon}</span>
                            <span className="min-w-0 flex-1 truncate">{item.label}</span>
                            {item.hint ? (
                              <span className="shrink-0 text-faint text-xs">{item.hint}</span>
                            ) : null}
                          </Autocomplete.Item>
                        )}
                      </Autocomplete.Collection>
                    </Autocomplete.Group>
                  )}
                </Autocomplete.List>
              </div>
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
