import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: ReadonlyArray<{ readonly value: Value; readonly label: ReactNode }>;
  readonly onChange: (value: Value) => void;
  readonly className?: string | undefined;
}

/** A small choice between a few values that are all worth seeing. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: SegmentedProps<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a legend we do not want; the group carries its name
    <div
      role="group"
      aria-label={label}
      className={cx('inline-flex max-w-full flex-wrap gap-0.5 rounded-md border bg-sunken p-0.5', className)}
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className="h-6 shrink-0 whitespace-nowrap rounded-sm px-2 text-muted text-xs hover:text-ink aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink aria-pressed:shadow-[0_0_0_1px_var(--line)]"
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
