import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

export const controlClass =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink transition-colors hover:border-faint focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-block max-sm:text-[1rem]';

export function Input({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return <input type={type} className={cx(controlClass, 'h-8', className)} {...rest} />;
}
