import { cx } from './cx.ts';

/** A quiet "in progress" ring; decorative, so pair it with words. */
export function Spinner({ className }: { readonly className?: string | undefined }) {
  return (
    <svg viewBox="0 0 16 16" className={cx('size-3.5 animate-spin', className)} aria-hidden="true">
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" opacity="0.25" />
      <path d="M14 8a6 6 0 0 0-6-6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
