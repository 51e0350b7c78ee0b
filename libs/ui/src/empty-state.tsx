import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** The one next action. */
  readonly action?: ReactNode;
  readonly className?: string | undefined;
}

export function EmptyState({ icon, title, description, action, className }: EmptyStateProps) {
  return (
    <div className={cx('flex flex-col items-center gap-2 px-6 py-12 text-center', className)}>
      {icon ? <div className="mb-1 text-faint [&_svg]:size-7 [&_svg]:stroke-[1.5]">{icon}</div> : null}
      <p className="font-medium text-base">{title}</p>
      {description ? <p className="max-w-[52ch] text-muted text-sm">{description}</p> : null}
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}
