export const usagePeriods = ['day', 'week', 'month'] as const;
export type UsagePeriod = (typeof usagePeriods)[number];

const hourMs = 3_600_000;
const hours = { day: 24, week: 7 * 24, month: 30 * 24 } as const satisfies Record<UsagePeriod, number>;

/** From whole hour to whole hour, so that the query key changes once an hour and not with every render. */
export function periodBounds(
  period: UsagePeriod,
  nowMs: number,
): { readonly from: string; readonly to: string } {
  const to = Math.ceil((nowMs + 1) / hourMs) * hourMs;
  return { from: new Date(to - hours[period] * hourMs).toISOString(), to: new Date(to).toISOString() };
}
