import { type Finding, severities, severityRank } from '@sallyport/detection';
import type { Grade } from './report.ts';

export interface Graded {
  readonly grade: Grade;
  readonly reasons: readonly string[];
}

/** F for what is clearly hostile or could not be read at all, down to A for nothing found. */
const gradeBySeverity: readonly Grade[] = ['B', 'C', 'D', 'F'];
const order: readonly Grade[] = ['A', 'B', 'C', 'D', 'F'];
const maxReasons = 6;

/** Grades a server by its worst finding; reasons name what decided, worst first. */
export function gradeOf(
  all: readonly Finding[],
  facts: {
    readonly isEmpty: boolean;
    readonly isComplete: boolean;
    /** Definitions that the detector takes for attacks. */
    readonly flagged: number;
  },
): Graded {
  // What a model is unsure about is for the reader: on honest servers it would make every A a B.
  const findings = all.filter(({ tier, severity }) => tier === 'rule' || severity !== 'low');
  const worst = findings.reduce((most, finding) => Math.max(most, severityRank(finding.severity)), -1);
  let grade: Grade = worst < 0 ? 'A' : (gradeBySeverity[worst] ?? 'F');
  const reasons = reasonsOf(findings, worst);
  // As bad as a loud rule, even where the rules themselves saw nothing.
  if (facts.flagged > 0 && order.indexOf(grade) < order.indexOf('D')) {
    grade = 'D';
    reasons.unshift(
      `The detector takes ${facts.flagged === 1 ? 'a definition' : `${facts.flagged} definitions`} for an attack.`,
    );
  }
  if (facts.isEmpty) {
    grade = 'F';
    reasons.unshift('Nothing could be read from this server.');
  } else if (!facts.isComplete && order.indexOf(grade) < order.indexOf('D')) {
    grade = 'D';
    reasons.unshift('Not everything could be looked at.');
  }
  if (reasons.length === 0) reasons.push('Nothing was found in any definition.');
  return { grade, reasons: reasons.slice(0, maxReasons) };
}

/** Titles with their counts, loudest first; what is only minor is left out where there is worse. */
function reasonsOf(findings: readonly Finding[], worst: number): string[] {
  const counts = new Map<string, { readonly rank: number; readonly title: string; count: number }>();
  for (const { severity, title } of findings) {
    const rank = severityRank(severity);
    if (rank < Math.min(worst, severityRank('high'))) continue;
    const known = counts.get(`${rank} ${title}`);
    if (known) known.count += 1;
    else counts.set(`${rank} ${title}`, { rank, title, count: 1 });
  }
  return [...counts.values()]
    .sort((a, b) => b.rank - a.rank || b.count - a.count || (a.title < b.title ? -1 : 1))
    .map(
      ({ rank, title, count }) =>
        `${title}: ${count === 1 ? 'once' : `${count} times`} (${severities[rank]}).`,
    );
}
