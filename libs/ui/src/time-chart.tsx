import { lazy, Suspense, useState } from 'react';
import { cx } from './cx.ts';
import { Skeleton } from './skeleton.tsx';
import { type Tone, toneFill } from './tone.tsx';

export interface TimeSeries {
  readonly key: string;
  readonly label: string;
  readonly tone: Tone;
}

export interface TimePoint {
  readonly at: number;
  readonly values: Readonly<Record<string, number>>;
}

export interface TimeChartProps {
  readonly label: string;
  readonly points: readonly TimePoint[];
  /** Stacked from the bottom up. */
  readonly series: readonly TimeSeries[];
  /** Drawn over the bars: amounts that are no part of their sum. */
  readonly lines?: readonly TimeSeries[] | undefined;
  readonly formatTick: (at: number) => string;
  readonly formatTime: (at: number) => string;
  readonly timeLabel: string;
  readonly showTableLabel: string;
  readonly showChartLabel: string;
  readonly onSelect?: ((at: number) => void) | undefined;
}

const Mount = lazy(async () => ({ default: (await import('./time-chart-mount.tsx')).TimeChartMount }));

/** Amounts over time as stacked bars, with a table of the same numbers one click away. */
export function TimeChart(props: TimeChartProps) {
  const [isTable, setTable] = useState(false);
  const lines = props.lines ?? [];
  const all = [...props.series, ...lines];
  return (
    <figure aria-label={props.label} className="flex flex-col gap-2">
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs">
        {all.map((series) => (
          <span key={series.key} className="inline-flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className={cx(
                lines.includes(series) ? 'h-0.5 w-3 rounded-full' : 'size-2 rounded-[2px]',
                toneFill[series.tone],
              )}
            />
            {series.label}
          </span>
        ))}
        <button
          type="button"
          onClick={() => setTable(!isTable)}
          className="ms-auto min-h-6 rounded-sm px-1 text-faint hover:text-ink"
        >
          {isTable ? props.showChartLabel : props.showTableLabel}
        </button>
      </figcaption>
      {isTable ? (
        <div className="h-44 overflow-auto">
          <table className="w-full text-xs tabular-nums">
            <thead>
              <tr className="text-faint">
                <th className="py-1 text-start font-normal">{props.timeLabel}</th>
                {all.map((series) => (
                  <th key={series.key} className="py-1 text-end font-normal">
                    {series.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {props.points.map((point) => (
                <tr key={point.at} className="border-t">
                  <td className="py-1">{props.formatTime(point.at)}</td>
                  {all.map((series) => (
                    <td key={series.key} className="py-1 text-end">
                      {point.values[series.key] ?? 0}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div className="h-44">
          <Suspense fallback={<Skeleton className="h-full w-full" />}>
            <Mount {...props} />
          </Suspense>
        </div>
      )}
    </figure>
  );
}
