import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { type Tone, toneText } from './tone.tsx';

export interface StatProps {
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly unit?: ReactNode;
  /** What to compare the number with. */
  readonly note?: ReactNode;
  readonly tone?: Tone | undefined;
}

/** One number with its unit and a comparison. */
export function Stat({ label, value, unit, note, tone }: StatProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 px-4 py-3">
      <span className="truncate text-faint text-xs">{label}</span>
      <span
        className={cx(
          'font-semibold text-2xl tabular-nums tracking-[-0.02em]',
          tone ? toneText[tone] : 'text-ink',
        )}
      >
        {value}
        {unit ? <span className="ms-1 font-normal text-faint text-sm tracking-normal">{unit}</span> : null}
      </span>
      {note ? <span className="text-muted text-xs tabular-nums">{note}</span> : null}
    </div>
  );
}
