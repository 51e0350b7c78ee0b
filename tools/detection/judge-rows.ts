import type { Detector, Verdict } from '@sallyport/detection/src/detector.ts';
import type { Row } from './corpus.ts';
import type { Scored } from './figures.ts';

/** Judges a row the way the gateway would. */
export function judgeRow(detector: Detector, row: Row): Verdict {
  const { context } = row;
  const tool = context?.tool === undefined ? {} : { tool: context.tool };
  switch (row.surface) {
    case 'tool_definition':
      return detector.judgeDefinition(row.tool, definitionContext(context));
    case 'tool_args':
      return detector.judgeArguments(row.args, tool);
    case 'tool_result':
      return detector.judgePayload(row.text ?? '', 'result', tool);
    default:
      return detector.judgePayload(row.text ?? '', row.surface, tool);
  }
}

function definitionContext(context: Row['context']) {
  return {
    ...(context?.server === undefined ? {} : { server: context.server }),
    ...(context?.previous === undefined ? {} : { previous: context.previous }),
    ...(context?.knownServers === undefined ? {} : { knownServers: context.knownServers }),
    ...(context?.knownTools === undefined ? {} : { knownTools: context.knownTools }),
  };
}

export function judgeRows(detector: Detector, rows: readonly Row[]): readonly Scored[] {
  return rows.map((row) => ({ row, score: judgeRow(detector, row).score }));
}
