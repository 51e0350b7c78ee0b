import { cx } from '@sallyport/ui/cx';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

export type StepState = 'done' | 'open' | 'ahead';

export interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: StepState;
  /** What was chosen, beside the title. */
  readonly note?: string | undefined;
  readonly isLast?: boolean | undefined;
  readonly children: ReactNode;
}

const dots = {
  done: 'border-accent bg-accent text-on-accent',
  open: 'border-accent text-accent',
  ahead: 'border-line-strong text-faint',
} as const satisfies Record<StepState, string>;

/** One step of the path, with a line to the next. */
export function Step({ number, title, state, note, isLast = false, children }: StepProps) {
  return (
    <li
      aria-current={state === 'open' ? 'step' : undefined}
      className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-4"
    >
      <div className="flex flex-col items-center">
        <span
          aria-hidden="true"
          className={cx(
            'flex size-7 shrink-0 items-center justify-center rounded-full border font-medium text-xs',
            dots[state],
          )}
        >
          {state === 'done' ? <Check className="size-4" /> : number}
        </span>
        {isLast ? null : (
          <span
            aria-hidden="true"
            className={cx('w-px flex-1', state === 'done' ? 'bg-accent-line' : 'bg-line')}
          />
        )}
      </div>
      <div className="pb-7">
        <h2
          className={cx(
            'flex min-h-7 flex-wrap items-center gap-x-2 font-semibold text-md',
            state === 'ahead' && 'text-faint',
          )}
        >
          {title}
          {note === undefined ? null : (
            <span className="font-normal text-muted text-sm">
              <UntrustedText text={note} />
            </span>
          )}
        </h2>
        {children === null ? null : <div className="mt-3">{children}</div>}
      </div>
    </li>
  );
}
