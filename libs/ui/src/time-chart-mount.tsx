import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { TimeChartProps } from './time-chart.tsx';

const fills = {
  neutral: 'var(--upstream)',
  accent: 'var(--accent)',
  allow: 'var(--allow)',
  hold: 'var(--hold)',
  block: 'var(--block)',
  observe: 'var(--observe)',
} as const;

interface TipProps {
  readonly active?: boolean | undefined;
  readonly label?: number | string | undefined;
  readonly chart: TimeChartProps;
}

function Tip({ active, label, chart }: TipProps) {
  const point = chart.points.find((each) => each.at === label);
  if (active !== true || point === undefined) return null;
  return (
    <div className="rounded-md border bg-raised px-2.5 py-1.5 text-xs shadow-float">
      <p className="text-faint">{chart.formatTime(point.at)}</p>
      {[...chart.series, ...(chart.lines ?? [])].map((series) => (
        <p key={series.key} className="flex items-center gap-1.5 tabular-nums">
          <span
            aria-hidden="true"
            className="size-2 rounded-[2px]"
            style={{ background: fills[series.tone] }}
          />
          {series.label} {point.values[series.key] ?? 0}
        </p>
      ))}
    </div>
  );
}

/** Stacked bars over time; loaded on demand by `TimeChart`. */
export function TimeChartMount(props: TimeChartProps) {
  const { points, series, lines = [], formatTick, onSelect } = props;
  const data = points.map((point) => ({ at: point.at, ...point.values }));
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={50}>
      <ComposedChart
        data={data}
        margin={{ top: 4, right: 0, bottom: 0, left: -18 }}
        barCategoryGap={1}
        onClick={(state) => {
          if (onSelect && typeof state.activeLabel === 'number') onSelect(state.activeLabel);
        }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          height={20}
          tickFormatter={formatTick}
          tick={{ fill: 'var(--faint)', fontSize: 11 }}
          tickLine={false}
          axisLine={{ stroke: 'var(--line)' }}
          minTickGap={48}
        />
        <YAxis
          allowDecimals={false}
          tick={{ fill: 'var(--faint)', fontSize: 11 }}
          tickLine={false}
          axisLine={false}
          width={52}
        />
        <Tooltip
          cursor={{ fill: 'var(--hover)' }}
          isAnimationActive={false}
          content={<Tip chart={props} />}
        />
        {series.map((each) => (
          <Bar
            key={each.key}
            dataKey={each.key}
            name={each.label}
            stackId="all"
            fill={fills[each.tone]}
            isAnimationActive={false}
          />
        ))}
        {lines.map((each) => (
          <Line
            key={each.key}
            dataKey={each.key}
            name={each.label}
            type="monotone"
            stroke={fills[each.tone]}
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
