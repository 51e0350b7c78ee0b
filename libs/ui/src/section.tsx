import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface SectionProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  /** Content touches the edges: for tables and lists. */
  readonly isFlush?: boolean | undefined;
}

/** A titled part of a page on its own surface, divided by hairlines. */
export function Section({ title, description, aside, children, className, isFlush = false }: SectionProps) {
  return (
    <section className={cx('flex min-w-0 flex-col overflow-hidden rounded-lg border bg-surface', className)}>
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b px-4 py-2">
        <div className="min-w-0">
          <h2 className="font-semibold text-sm">{title}</h2>
          {description ? <p className="text-faint text-xs">{description}</p> : null}
        </div>
        {aside ? <div className="flex items-center gap-2 text-faint text-xs">{aside}</div> : null}
      </header>
      <div className={cx('min-w-0 flex-1', !isFlush && 'p-4')}>{children}</div>
    </section>
  );
}
