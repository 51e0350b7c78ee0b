import { cx } from './cx.ts';

export interface MarkProps {
  readonly className?: string | undefined;
  /** The loading state: the doors pass the light between them (still under reduced motion). */
  readonly isLoading?: boolean | undefined;
  readonly title?: string | undefined;
}

/** A gate of two doors, the first closed, the second open: four strokes. */
export function Mark({ className, isLoading = false, title }: MarkProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cx('size-6', className)}
      role={title === undefined ? undefined : 'img'}
      aria-hidden={title === undefined ? 'true' : undefined}
      aria-label={title}
    >
      <path d="M3 21V8.5a9 5.5 0 0 1 18 0V21" />
      <path d="M12 21V3.2" className={isLoading ? 'animate-door' : undefined} />
      <path d="M3 13h9" className={isLoading ? 'animate-door' : undefined} />
      <path
        d="M21 21l-5-2.2V9.6l5-1.6"
        className={isLoading ? 'animate-door [animation-delay:0.6s]' : undefined}
      />
    </svg>
  );
}
