import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import { type ReactNode, useId } from 'react';

export interface CheckboxProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: ReactNode;
  /** Keeps the label for screen readers only. */
  readonly isLabelHidden?: boolean | undefined;
  readonly isIndeterminate?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly hint?: ReactNode;
}

export function Checkbox(props: CheckboxProps) {
  const {
    checked,
    onChange,
    label,
    isLabelHidden = false,
    isIndeterminate = false,
    disabled = false,
    hint,
  } = props;
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <Base.Root
        id={id}
        checked={checked}
        indeterminate={isIndeterminate}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        className="relative mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface text-on-accent before:absolute before:-inset-1 data-checked:border-accent data-indeterminate:border-accent data-checked:bg-accent data-indeterminate:bg-accent data-disabled:opacity-50"
      >
        <Base.Indicator className="flex">
          {isIndeterminate ? (
            <Minus className="size-3" strokeWidth={3} aria-hidden="true" />
          ) : (
            <Check className="size-3" strokeWidth={3} aria-hidden="true" />
          )}
        </Base.Indicator>
      </Base.Root>
      <div className={isLabelHidden ? 'sr-only' : undefined}>
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        {hint ? <p className="text-faint text-xs">{hint}</p> : null}
      </div>
    </div>
  );
}
