import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** Said to screen readers and shown on hover. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Keys that do the same, shown beside the label. */
  readonly keys?: string | undefined;
}

/** A square button with only an icon; its name is never missing. */
export function IconButton({ label, icon, keys, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <Tooltip content={keys === undefined ? label : `${label}  ${keys}`}>
      <button
        type={type}
        aria-label={label}
        className={cx(
          'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4',
          className,
        )}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
