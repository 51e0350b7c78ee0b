import { cx } from './cx.ts';

/** A grey bar where content will be; give it the size of what comes. */
export function Skeleton({ className }: { readonly className?: string | undefined }) {
  return <span aria-hidden="true" className={cx('block animate-shimmer rounded-sm bg-line', className)} />;
}

/** A block of text lines that is on its way. */
export function SkeletonText({
  lines = 3,
  label,
}: {
  readonly lines?: number | undefined;
  readonly label: string;
}) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-2.5 py-1">
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton
          key={index}
          className={cx('h-3.5', index % 3 === 2 ? 'w-2/5' : index % 2 === 0 ? 'w-4/5' : 'w-3/5')}
        />
      ))}
    </div>
  );
}
