import { ownFinding } from './call-finding.ts';
import type { Deeper, DeeperAnswer, DeeperQuestion } from './deeper.ts';
import { greySegments } from './grey-segments.ts';
import type { InspectionRun } from './inspection-run.ts';
import type { Inspectable, Piece } from './inspector.ts';

interface Asking {
  readonly run: InspectionRun;
  readonly piece: Piece;
  /** Whether this direction acts, or only records. */
  readonly isActing: boolean;
}

/** Asks the later tiers where a value left the first ones in doubt and nothing stops it already. */
export async function askDeeper(deeper: Deeper, call: Inspectable, asking: Asking): Promise<void> {
  const { run, piece } = asking;
  if (run.greys.length === 0 || run.cause || call.cut !== null) return;
  const { surface } = piece;
  const tool = call.tenant.inspection.of(call.tool);
  const [first, ...more] = greySegments(run.judged(piece.value), run.greys, { tool, surface });
  if (first === undefined) return;
  const score = run.greys.reduce((most, grey) => Math.max(most, grey.score), 0);
  const answer = await untilCut(call, (signal) =>
    deeper.judge({ tenant: call.tenant, surface, segments: [first, ...more], score, signal }),
  );
  take(answer, asking);
}

/** While nothing else of the call can be aborted, its end aborts what is waited for here. */
async function untilCut<T>(call: Inspectable, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (call.abort !== null) return work(call.abort.signal);
  const abort = new AbortController();
  call.abort = abort;
  try {
    return await work(abort.signal);
  } finally {
    call.abort = null;
  }
}

function take(answer: DeeperAnswer, { run, piece, isActing }: Asking): void {
  switch (answer.kind) {
    case 'judged':
      for (const finding of answer.findings) run.add(finding);
      for (const finding of answer.notes) run.add(finding, 'monitor');
      return;
    case 'failed':
      run.add(
        unanswered(answer, piece.surface),
        answer.onFailure === 'block' && isActing ? 'block' : 'monitor',
      );
      return;
    case 'left':
      return;
  }
}

function unanswered(
  { tier, reason, onFailure }: Extract<DeeperAnswer, { kind: 'failed' }>,
  surface: DeeperQuestion['surface'],
) {
  const title = `The tier behind the grey band gave no answer (${reason})`;
  const severity = onFailure === 'block' ? 'high' : 'low';
  return { ...ownFinding({ code: `${tier}_unavailable`, title, severity, surface }), tier };
}
