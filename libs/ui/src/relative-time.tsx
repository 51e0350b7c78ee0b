import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 10_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const steps: ReadonlyArray<readonly [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit]> = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [2_592_000, 86_400, 'day'],
  [31_536_000, 2_592_000, 'month'],
  [Number.POSITIVE_INFINITY, 31_536_000, 'year'],
];

/** "3 min. ago", in the reader's language. */
export function formatRelative(at: number, from: number, locale: string): string {
  const seconds = (at - from) / 1000;
  const size = Math.abs(seconds);
  const step = steps.find(([limit]) => size < limit) ?? steps[0];
  if (step === undefined) return '';
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' });
  if (size < 5) return format.format(0, 'second');
  return format.format(Math.trunc(seconds / step[1]), step[2]);
}

export interface RelativeTimeProps {
  /** ISO text or milliseconds. */
  readonly at: string | number;
  readonly className?: string | undefined;
}

/** A relative time with the exact one on hover; all on a page tick together. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const current = useSyncExternalStore(
    subscribe,
    () => now,
    () => now,
  );
  const time = typeof at === 'number' ? at : Date.parse(at);
  if (Number.isNaN(time)) return null;
  const locale = document.documentElement.lang || 'en';
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(time);
  return (
    <time dateTime={new Date(time).toISOString()} title={exact} className={className}>
      {formatRelative(time, Math.max(current, Math.min(Date.now(), current + 10_000)), locale)}
    </time>
  );
}
