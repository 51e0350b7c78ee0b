import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

export interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong and what to do; also marks the control invalid. */
  readonly error?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactElement<{
    id?: string;
    'aria-describedby'?: string | undefined;
    'aria-invalid'?: boolean | undefined;
  }>;
}

/** A label, its control, a hint and an error, wired together for screen readers. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const isInvalid = error !== undefined && error !== null && error !== false && error !== '';
  const describedBy = [hint ? `${id}-hint` : null, isInvalid ? `${id}-error` : null]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={children.props.id ?? id} className="font-medium text-sm">
        {label}
      </label>
      {cloneElement(children, {
        id: children.props.id ?? id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': isInvalid || undefined,
      })}
      {hint ? (
        <p id={`${id}-hint`} className="text-faint text-xs">
          {hint}
        </p>
      ) : null}
      {isInvalid ? (
        <p id={`${id}-error`} role="alert" className="text-block text-xs">
          {error}
        </p>
      ) : null}
    </div>
  );
}
