import { actionFor, type Detector, type Finding, findSensitive } from '@sallyport/detection';
import { type CallFinding, ownFinding } from './call-finding.ts';
import type { NextText, Seam } from './carry.ts';
import type { Direction, ToolInspection } from './tenant-inspection.ts';

/** What lies across the seam of two pieces, as findings in the second one; the first has gone its way already. */
export function judgeSeam(
  detector: Detector,
  input: {
    readonly tool: ToolInspection;
    readonly direction: Direction;
    readonly seam: Seam;
    readonly next: NextText;
  },
): readonly CallFinding[] {
  const { tool, direction, seam, next } = input;
  const isAcross = ({ start, end }: { start: number; end: number }): boolean =>
    start < seam.at && seam.at < end;
  const inNext = (finding: Finding, action: CallFinding['action']): CallFinding => ({
    ...finding,
    action,
    path: next.path,
    part: 'value',
    start: 0,
    end: Math.min(next.text.length, finding.end - seam.at),
  });
  const { findings } = detector.judgePayload(seam.text, 'result', tool.context);
  const found = findings.filter(isAcross).map((finding) => inNext(finding, tool.modeOf(finding)));
  const policy = tool[direction];
  if (policy === null) return found;
  for (const span of findSensitive(seam.text)) {
    const action = actionFor(policy, span.type);
    if (!isAcross(span) || action === 'allow') continue;
    const facts = {
      code: `split_${span.type.toLowerCase()}`,
      title: `Sensitive, in two pieces: ${span.type}`,
      severity: 'high',
      surface: 'result',
    } as const;
    const finding = { ...ownFinding(facts), start: span.start, end: span.end };
    found.push(inNext(finding, action === 'tokenise' ? 'mask' : action));
  }
  return found;
}
