import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';

export interface CopyButtonProps {
  /** A function when the text should not sit in the element tree. */
  readonly text: string | (() => string);
  readonly label: string;
  readonly copiedLabel: string;
  /** Only the icon; the label is still said. */
  readonly isCompact?: boolean | undefined;
  readonly onCopied?: (() => void) | undefined;
  readonly className?: string | undefined;
}

/** Copies text and says so for two seconds. */
export function CopyButton({
  text,
  label,
  copiedLabel,
  isCompact = false,
  onCopied,
  className,
}: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy() {
    await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
    setCopied(true);
    onCopied?.();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 2000);
  }

  const icon = isCopied ? (
    <Check className="size-3.5 text-allow" aria-hidden="true" />
  ) : (
    <Copy className="size-3.5" aria-hidden="true" />
  );
  const said = isCopied ? copiedLabel : label;
  if (isCompact) {
    return (
      <button
        type="button"
        onClick={() => void copy()}
        aria-label={said}
        title={said}
        className={cx(
          'inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-ink',
          className,
        )}
      >
        {icon}
      </button>
    );
  }
  return (
    <Button size="sm" onClick={() => void copy()} icon={icon} className={className}>
      <span aria-live="polite">{said}</span>
    </Button>
  );
}
