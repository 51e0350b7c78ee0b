import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { cx } from './cx.ts';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Buttons, in reading order; the primary one last. */
  readonly footer?: ReactNode;
  readonly closeLabel: string;
  readonly size?: 'sm' | 'md' | 'lg' | undefined;
  /** A click outside does not close it: for things that are shown once. */
  readonly isSticky?: boolean | undefined;
}

const widths = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl' } as const;

export function Dialog(props: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  const {
    open,
    onOpenChange,
    title,
    description,
    children,
    footer,
    closeLabel,
    size = 'md',
    isSticky = false,
  } = props;
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)} disablePointerDismissal={isSticky}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto p-3 pt-[max(0.75rem,8vh)]">
          <Base.Popup
            ref={popup}
            // Where there is something to fill in, one begins there and not at the close button.
            initialFocus={() => popup.current?.querySelector<HTMLElement>('input, textarea') ?? true}
            className={cx(
              'flex w-full flex-col rounded-lg border border-line bg-raised shadow-float transition-[opacity,translate] duration-150 data-ending-style:-translate-y-1 data-starting-style:-translate-y-1 data-ending-style:opacity-0 data-starting-style:opacity-0',
              widths[size],
            )}
          >
            <header className="flex items-start gap-4 border-b px-5 py-4">
              <div className="min-w-0 flex-1">
                <Base.Title className="font-semibold text-lg">{title}</Base.Title>
                {description ? (
                  <Base.Description className="mt-1 text-muted text-sm">{description}</Base.Description>
                ) : null}
              </div>
              <Base.Close
                aria-label={closeLabel}
                className="-m-1 rounded-md p-1 text-faint hover:bg-hover hover:text-ink"
              >
                <X className="size-4" aria-hidden="true" />
              </Base.Close>
            </header>
            <div className="px-5 py-4">{children}</div>
            {footer ? (
              <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-5 py-3">
                {footer}
              </footer>
            ) : null}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
