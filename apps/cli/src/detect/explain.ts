import { severityRank, type Verdict, visibleText } from '@sallyport/detection';
import { withoutSecrets } from './judge-record.ts';
import type { RecordSurface } from './read-record.ts';

const shown = 20;

/** The verdict for a person: what was found, by whom, how sure, where, and the evidence. */
export function explainVerdict(
  { id, surface }: { readonly id: string | number | null; readonly surface: RecordSurface },
  { score, flagged, band, findings }: Verdict,
): string {
  const head = [
    id === null ? surface : `${visibleText(String(id))}  ${surface}`,
    `score ${score.toFixed(3)}`,
    flagged ? 'FLAGGED' : band === 'grey' ? 'not flagged, grey' : 'not flagged',
  ].join('  ');
  const loudest = [...findings].sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
  const lines = loudest.slice(0, shown).flatMap((finding) => {
    const { code, title, severity, tier, confidence, path, start, end, excerpt } = finding;
    const place = `${path === '' ? 'text' : visibleText(withoutSecrets(path))} ${start}–${end}`;
    const evidence = excerpt === '' ? [] : [`            “${visibleText(withoutSecrets(excerpt))}”`];
    return [
      `  ${severity.padEnd(8)}  ${title} (${code}; ${tier}, sure ${confidence.toFixed(2)}) at ${place}`,
      ...evidence,
    ];
  });
  const more = findings.length > shown ? [`  … and ${findings.length - shown} more`] : [];
  return [head, ...lines, ...more].join('\n');
}
