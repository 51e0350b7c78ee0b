import { cx } from './cx.ts';
import { type Tone, toneFill, toneText } from './tone.tsx';

/** A dot that breathes while something is live or awaited; put words beside it. */
export function Pulse({
  tone = 'accent',
  isStill = false,
}: {
  readonly tone?: Tone | undefined;
  readonly isStill?: boolean | undefined;
}) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-block size-2 shrink-0 rounded-full',
        toneFill[tone],
        toneText[tone],
        !isStill && 'animate-pulse-dot',
      )}
    />
  );
}
