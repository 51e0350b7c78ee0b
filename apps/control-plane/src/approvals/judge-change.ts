import { readJson } from '@sallyport/mcp';
import { loadedDetector } from '../detection/loaded-detector.ts';
import type { FindingModel } from '../vetting/finding.model.ts';
import { toFindingModel } from '../vetting/report-view.ts';

/**
 * What the detector makes of a definition that no vetting has seen yet: a worker saw it, and the inbox asks about it
 * before the next re-check.
 */
export function judgeChange(observed: string, approved: string | null): readonly FindingModel[] {
  const definition = parse(observed);
  if (definition === undefined) return [];
  const previous = approved === null ? undefined : parse(approved);
  const { findings } = loadedDetector().judgeDefinition(
    definition,
    previous === undefined ? {} : { previous },
  );
  return findings.map((finding) => toFindingModel(finding));
}

function parse(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}
