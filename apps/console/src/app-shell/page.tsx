import { cx } from '@sallyport/ui/cx';
import type { ReactNode } from 'react';

export interface PageProps {
  readonly children: ReactNode;
  /** `wide` for tables and boards, `reading` for text and forms, `filling` for a table that scrolls inside. */
  readonly width?: 'wide' | 'reading' | 'filling' | undefined;
}

const widths = {
  wide: 'mx-auto w-full max-w-[90rem]',
  reading: 'mx-auto w-full max-w-4xl',
  filling: 'flex min-h-0 w-full flex-1 flex-col',
} as const;

/** The margins of every page. */
export function Page({ children, width = 'wide' }: PageProps) {
  return (
    <div className={cx('px-4 pt-5 pb-10 sm:px-6', widths[width], width === 'filling' && 'pb-4')}>
      {children}
    </div>
  );
}
