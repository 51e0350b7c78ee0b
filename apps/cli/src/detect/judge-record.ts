import { type Detector, redactText, uniformPolicy, type Verdict } from '@sallyport/detection';
import type { DetectRecord } from './read-record.ts';

/** Judges a record the way the gateway judges a call. */
export function judgeRecord(detector: Detector, record: DetectRecord): Verdict {
  if (record.surface === 'tool_definition') return detector.judgeDefinition(record.tool, record.context);
  const context = record.tool === null ? {} : { tool: record.tool };
  if (record.surface === 'tool_args') return detector.judgeArguments(record.args, context);
  const surface = record.surface === 'tool_result' ? 'result' : record.surface;
  return detector.judgePayload(record.text, surface, context);
}

/** The verdict as one line of JSON: what was found and where, never the text of it. */
export function verdictLine(id: string | number | null, verdict: Verdict): string {
  const findings = verdict.findings.map(({ code, severity, tier, confidence, path, start, end }) => ({
    code,
    severity,
    tier,
    confidence,
    path: withoutSecrets(path),
    start,
    end,
  }));
  return JSON.stringify({ id, score: verdict.score, flagged: verdict.flagged, findings });
}

const secretsMasked = {
  byClass: { ...uniformPolicy('allow').byClass, secret: 'mask' },
  byType: {},
} as const;

/** A text that is shown, its secrets masked: names of members and excerpts may hold some. */
export function withoutSecrets(text: string): string {
  return text.length < 8 ? text : redactText(text, secretsMasked, null).value;
}
