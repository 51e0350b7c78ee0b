import { CopyButton } from './copy-button.tsx';
import { cx } from './cx.ts';

export interface DigestProps {
  readonly value: string;
  readonly copyLabel: string;
  readonly copiedLabel: string;
  /** Characters kept at each end. */
  readonly keep?: number | undefined;
  readonly className?: string | undefined;
}

/** Shortens in the middle: the ends are what people compare. */
export function shortenMiddle(value: string, keep = 6): string {
  return value.length <= keep * 2 + 1 ? value : `${value.slice(0, keep)}…${value.slice(-keep)}`;
}

export function Digest({ value, copyLabel, copiedLabel, keep = 6, className }: DigestProps) {
  return (
    <span className={cx('inline-flex items-center gap-0.5', className)}>
      <code title={value} className="font-mono text-xs">
        {shortenMiddle(value, keep)}
      </code>
      <CopyButton isCompact text={value} label={copyLabel} copiedLabel={copiedLabel} />
    </span>
  );
}
