import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { controlClass } from './input.tsx';

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={rows} className={cx(controlClass, 'py-1.5', className)} {...rest} />;
}
