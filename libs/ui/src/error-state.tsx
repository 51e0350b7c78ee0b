import { AlertTriangle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';

export interface ErrorStateProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** Names the fault in the log, with its words: "Incident 3f2…". */
  readonly incident?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
  readonly retryLabel?: string | undefined;
  readonly className?: string | undefined;
}

/** What happened, why, and what to do next. */
export function ErrorState({
  title,
  description,
  incident,
  onRetry,
  retryLabel,
  className,
}: ErrorStateProps) {
  return (
    <div role="alert" className={cx('flex flex-col items-center gap-2 px-6 py-12 text-center', className)}>
      <AlertTriangle className="mb-1 size-7 stroke-[1.5] text-block" aria-hidden="true" />
      <p className="font-medium text-base">{title}</p>
      {description ? <p className="max-w-[52ch] text-muted text-sm">{description}</p> : null}
      {incident ? <p className="font-mono text-faint text-xs">{incident}</p> : null}
      {onRetry && retryLabel ? (
        <Button className="mt-3" onClick={onRetry}>
          {retryLabel}
        </Button>
      ) : null}
    </div>
  );
}
