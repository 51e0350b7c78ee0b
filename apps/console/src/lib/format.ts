const locale = () => document.documentElement.lang || 'en';

/** "12,480". */
export function formatCount(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** "12.5K" where space is short. */
export function formatCompact(value: number): string {
  return new Intl.NumberFormat(locale(), { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** "0.42 ms", "31 ms", "1.2 s"; an en dash for what was not measured. */
export function formatMs(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const format = (amount: number, digits: number) =>
    new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
      amount,
    );
  if (value < 10) return `${format(value, 2)} ms`;
  if (value < 1000) return `${format(value, 0)} ms`;
  return `${format(value / 1000, 1)} s`;
}

/** "1.2 kB". */
export function formatBytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let amount = value;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: unit === 0 ? 0 : 1 }).format(amount)} ${units[unit] ?? ''}`;
}

/** "34 %". */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–';
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(part / whole);
}

/** "14:05". */
export function formatClock(at: number | string): string {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(at),
  );
}

/** "14:05:09", for rows where seconds matter. */
export function formatClockSeconds(at: number | string): string {
  return new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
}

/** "Nov 21, 2026, 14:05". */
export function formatDateTime(at: number | string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

/** "Nov 21, 2026". */
export function formatDate(at: number | string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(at));
}

/** "Sat 14:00", for axes of a week. */
export function formatWeekday(at: number | string): string {
  const day = new Intl.DateTimeFormat(locale(), { weekday: 'short' }).format(new Date(at));
  return `${day} ${formatClock(at)}`;
}
