import { visibleText } from '../characters.ts';
import { type Finding, ruleVersion, type Surface, surfaceGroup } from '../finding.ts';
import { type Leaf, type ModelDocument, textOf } from './document.ts';
import { reasonsOf } from './explain.ts';
import type { ModelScore } from './score.ts';

const maxFindings = 3;
const maxExcerpt = 160;

/** The segments that drove a score, each as a finding with the reasons in its title. */
export function modelFindings(facts: {
  readonly document: ModelDocument;
  readonly scored: ModelScore;
  readonly surface: Surface;
  readonly severity: Finding['severity'];
}): readonly Finding[] {
  const { document, scored, surface, severity } = facts;
  const { logits, rows, width, network } = scored;
  const order = Array.from(logits.keys())
    .sort((a, b) => (logits[b] as number) - (logits[a] as number))
    .slice(0, maxFindings);
  const best = order[0] === undefined ? 0 : (logits[order[0]] as number);
  const isPayload = surfaceGroup(surface) === 'payload';
  return order
    .filter((i, rank) => rank === 0 || ((logits[i] as number) > 0 && (logits[i] as number) > best - 2))
    .map((i) => {
      const segment = document.segments[i] as ModelDocument['segments'][number];
      const leaf = document.leaves[segment.leaf] as Leaf;
      const reasons = reasonsOf(network, rows, i * width);
      const text = textOf(leaf, segment.from, segment.to);
      return {
        code: 'model_attack',
        title: reasons.length === 0 ? 'Reads like an attack' : `Reads like an attack: ${reasons.join(', ')}`,
        severity,
        surface,
        path: leaf.path,
        part: leaf.part,
        ...spanOf(leaf, segment.from, segment.to),
        excerpt: visibleText(text.length > maxExcerpt ? `${text.slice(0, maxExcerpt)}…` : text),
        owasp: isPayload ? 'MCP06' : 'MCP03',
        tier: 'model',
        confidence: Math.round(scored.score * 1000) / 1000,
        ruleVersion,
      };
    });
}

function spanOf(leaf: Leaf, from: number, to: number): { start: number; end: number } {
  if (leaf.decodedAt !== null) return leaf.decodedAt;
  const { offsets } = leaf.text;
  return {
    start: offsets === null ? from : (offsets[from] as number),
    end: offsets === null ? to : (offsets[to] as number),
  };
}
