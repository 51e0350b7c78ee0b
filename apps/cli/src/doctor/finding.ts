/** One line of the doctor's table. `advice` says what to do and is there unless all is well. */
export type Finding = {
  readonly name: string;
  readonly detail: string;
} & ({ readonly kind: 'well' } | { readonly kind: 'remark' | 'broken'; readonly advice: string });

const marks = { well: '✓', remark: '·', broken: '✗' } as const;

/** The findings as a table for a terminal. */
export const formatFindings = (findings: readonly Finding[]): string => {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings
    .map((finding) => {
      const line = `  ${marks[finding.kind]} ${finding.name.padEnd(width)}  ${finding.detail}`;
      return finding.kind === 'well' ? line : `${line}\n    ${' '.repeat(width)}  → ${finding.advice}`;
    })
    .join('\n');
};
