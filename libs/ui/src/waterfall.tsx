import { DoorClosed } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cx } from './cx.ts';

export interface WaterfallStage {
  readonly id: string;
  readonly label: string;
  readonly startUs: number;
  readonly durationUs: number;
  readonly hasRun: boolean;
  readonly hasStopped: boolean;
  /** Time spent at the other side, drawn in grey. */
  readonly isTheirs: boolean;
}

export interface WaterfallProps {
  readonly stages: readonly WaterfallStage[];
  /** Why it stopped, in words. */
  readonly stopReason?: ReactNode;
  readonly label: string;
  readonly oursLabel: string;
  readonly theirsLabel: string;
  readonly notReachedLabel: string;
  readonly stoppedLabel: string;
  readonly isAnimated?: boolean | undefined;
}

/** "84 µs", "2.1 ms", "1.4 s": three significant digits at most. */
export function formatMicroseconds(us: number): string {
  if (us < 1000) return `${Math.round(us)} µs`;
  if (us < 1_000_000) return `${trim(us / 1000)} ms`;
  return `${trim(us / 1_000_000)} s`;
}

function trim(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The share of the whole that each stage adds: time that an earlier one covers already counts there. */
export function ownShares(stages: readonly WaterfallStage[]): readonly number[] {
  let reached = 0;
  return stages.map((stage) => {
    if (!stage.hasRun) return 0;
    const from = Math.max(stage.startUs, reached);
    reached = Math.max(stage.startUs + stage.durationUs, reached);
    return reached - from;
  });
}

function segmentClass(stage: WaterfallStage): string {
  if (stage.hasStopped) return 'bg-block';
  if (!stage.hasRun) return 'bg-transparent border border-line-strong border-dashed';
  return stage.isTheirs ? 'bg-upstream' : 'bg-accent';
}

/** The stages as one bar, in the order they ran: widths are shares of the time, each with a minimum to be seen. */
export function WaterfallBar({
  stages,
  className,
  activeId,
}: {
  readonly stages: readonly WaterfallStage[];
  readonly className?: string | undefined;
  readonly activeId?: string | null | undefined;
}) {
  const shares = ownShares(stages);
  return (
    <span aria-hidden="true" className={cx('flex h-2.5 w-full gap-px', className)}>
      {stages.map((stage, index) => (
        <span
          key={stage.id}
          className={cx(
            'h-full min-w-[3px] rounded-[1.5px] transition-opacity',
            segmentClass(stage),
            activeId !== undefined && activeId !== null && activeId !== stage.id && 'opacity-35',
          )}
          style={{ flexGrow: shares[index] ?? 0, flexBasis: 0 }}
        />
      ))}
    </span>
  );
}

function StageRow({
  stage,
  index,
  totalUs,
  props,
  onHover,
}: {
  readonly stage: WaterfallStage;
  readonly index: number;
  readonly totalUs: number;
  readonly props: WaterfallProps;
  readonly onHover: (id: string | null) => void;
}) {
  const left = totalUs === 0 ? 0 : Math.min((stage.startUs / totalUs) * 100, 99);
  const width = totalUs === 0 ? 0 : Math.min((stage.durationUs / totalUs) * 100, 100 - left);
  return (
    <li
      onPointerEnter={() => onHover(stage.id)}
      onPointerLeave={() => onHover(null)}
      className={cx(
        'grid grid-cols-[1.25rem_8.5rem_minmax(0,1fr)_4.25rem] items-center gap-2 rounded-sm px-1 py-0.5 text-xs hover:bg-hover',
        !stage.hasRun && 'text-faint',
      )}
    >
      <span className="text-end text-2xs text-faint tabular-nums">{index + 1}</span>
      <span className={cx('flex items-center gap-1 truncate', stage.hasStopped && 'font-medium text-block')}>
        {stage.hasStopped ? (
          <DoorClosed className="size-3.5 shrink-0" aria-label={props.stoppedLabel} />
        ) : null}
        {stage.label}
      </span>
      <span aria-hidden="true" className="relative h-1.5">
        {stage.hasRun ? (
          <span
            className={cx('absolute inset-y-0 min-w-[2px] rounded-[1px]', segmentClass(stage))}
            style={{ left: `${left}%`, width: `${width}%` }}
          />
        ) : null}
      </span>
      <span className="text-end text-muted tabular-nums">
        {stage.hasRun ? (
          formatMicroseconds(stage.durationUs)
        ) : (
          <span className="text-faint">{props.notReachedLabel}</span>
        )}
      </span>
    </li>
  );
}

/** One call, stage by stage: ours in the accent, theirs in grey, a stop as a closed door with its reason. */
export function Waterfall(props: WaterfallProps) {
  const { stages, stopReason, label, oursLabel, theirsLabel, isAnimated = false } = props;
  const [activeId, setActiveId] = useState<string | null>(null);
  const totalUs = Math.max(0, ...stages.map((stage) => stage.startUs + stage.durationUs));
  const theirsUs = stages.reduce(
    (sum, stage) => sum + (stage.hasRun && stage.isTheirs ? stage.durationUs : 0),
    0,
  );
  // Stages may run beside each other, so ours is what is left of the whole.
  const oursUs = totalUs - theirsUs;
  return (
    <figure aria-label={label} className="flex flex-col gap-2">
      <WaterfallBar
        stages={stages}
        activeId={activeId}
        className={cx('h-4', isAnimated && 'origin-left animate-grow')}
      />
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs tabular-nums">
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className="size-2 rounded-[2px] bg-accent" />
          {oursLabel} {formatMicroseconds(oursUs)}
        </span>
        {theirsUs > 0 ? (
          <span className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2 rounded-[2px] bg-upstream" />
            {theirsLabel} {formatMicroseconds(theirsUs)}
          </span>
        ) : null}
      </figcaption>
      {stopReason ? (
        <div className="flex items-start gap-2 rounded-md border border-block-line bg-block-soft px-3 py-2 text-sm">
          <DoorClosed className="mt-0.5 size-4 shrink-0 text-block" aria-hidden="true" />
          <div className="min-w-0">{stopReason}</div>
        </div>
      ) : null}
      <ol className="flex flex-col">
        {stages.map((stage, index) => (
          <StageRow
            key={stage.id}
            stage={stage}
            index={index}
            totalUs={totalUs}
            props={props}
            onHover={setActiveId}
          />
        ))}
      </ol>
    </figure>
  );
}
