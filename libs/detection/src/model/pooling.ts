import type { Finding } from '../finding.ts';
import type { ModelDocument } from './document.ts';

/** What is read off the segments of a document. The order is part of the model file. */
export const poolNames = [
  'highest',
  'highest_above',
  'second',
  'neighbours',
  'text_highest',
  'positive',
  'foreign_tools',
  'has_previous',
  'rule:low',
  'rule:medium',
  'rule:high',
  'rule:critical',
  'rule:any_over_half',
  'rule:sum',
  'highest_and_rule',
] as const;

/** Least weight a segment that was already approved has. */
const oldPenalty = 6;
/** What a segment counts that was not looked at. */
export const emptyLogit = -8;
const floor = emptyLogit;

/** Writes what the segments and the rules say of a document: `poolNames`, then one number for each code. */
export function poolDocument(facts: {
  readonly document: ModelDocument;
  readonly logits: Float32Array;
  readonly findings: readonly Finding[];
  readonly codes: ReadonlyMap<string, number>;
  readonly hasPrevious: boolean;
  /** Names of other servers' tools in a definition. */
  readonly foreignTools: number;
  /** The highest logit of the network of texts, where the document is the arguments of a call. */
  readonly textHighest: number;
  readonly out: Float32Array;
}): void {
  const { document, logits, findings, codes, hasPrevious, out } = facts;
  out.fill(0);
  let highest = floor;
  let second = floor;
  let neighbours = floor;
  let positive = 0;
  let before = floor;
  for (let i = 0; i < logits.length; i += 1) {
    const penalty = hasPrevious && document.segments[i]?.isOld === true ? oldPenalty : 0;
    const logit = Math.max(floor, (logits[i] as number) - penalty);
    if (logit > highest) {
      second = highest;
      highest = logit;
    } else if (logit > second) second = logit;
    if (logit + 0.5 * before > neighbours) neighbours = logit + 0.5 * before;
    before = logit;
    if (logit > 0) positive += 1;
  }
  out[0] = highest / 4;
  out[1] = Math.max(0, highest) / 4;
  out[2] = second / 4;
  out[3] = neighbours / 4;
  out[4] = Math.max(floor, facts.textHighest) / 4;
  out[5] = Math.log1p(positive);
  out[6] = Math.min(facts.foreignTools, 2) / 2;
  out[7] = hasPrevious ? 1 : 0;
  poolFindings(findings, codes, out);
  out[14] = Math.max(0, highest + 2) * (out[12] as number) * 0.25;
}

const severityAt = { low: 8, medium: 9, high: 10, critical: 11 } as const;

function poolFindings(
  findings: readonly Finding[],
  codes: ReadonlyMap<string, number>,
  out: Float32Array,
): void {
  let sum = 0;
  for (const { code, confidence, severity, tier } of findings) {
    if (tier !== 'rule') continue;
    const at = severityAt[severity];
    out[at] = Math.max(out[at] as number, confidence);
    if (confidence >= 0.5) out[12] = 1;
    const slot = codes.get(code);
    if (slot === undefined) continue;
    const codeAt = poolNames.length + slot;
    if (confidence > (out[codeAt] as number)) {
      sum += confidence - (out[codeAt] as number);
      out[codeAt] = confidence;
    }
  }
  out[13] = Math.min(sum, 3);
}
