import { cx } from '@sallyport/ui/cx';
import type { ReactNode } from 'react';

export interface ScrollBoxProps {
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** Text that may be long: it scrolls inside, by keys as well. */
export function ScrollBox({ label, className, children }: ScrollBoxProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
      tabIndex={0}
      className={cx('overflow-auto', className)}
    >
      {children}
    </section>
  );
}
