import './texts.ts';
import { type EvidenceRange, UntrustedText } from '@sallyport/ui/untrusted-text';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingMarkFragment, FindingSeverity } from '../generated/graphql.ts';
import { severityOrder } from './badges.tsx';
import { FindingLine } from './finding-line.tsx';
import { type DefinitionText, type MarkedText, placeFindings } from './read-texts.ts';

const tones = {
  LOW: 'observe',
  MEDIUM: 'observe',
  HIGH: 'hold',
  CRITICAL: 'block',
} as const satisfies Record<FindingSeverity, EvidenceRange['tone']>;

const shownCharacters = 20_000;

function toEvidence(findings: readonly FindingMarkFragment[]): EvidenceRange[] {
  return findings.flatMap(({ start, end, title, severity }) =>
    start === null || end === null ? [] : [{ start, end, label: title, tone: tones[severity] }],
  );
}

interface Grouped {
  readonly finding: FindingMarkFragment;
  readonly count: number;
}

/** The same finding in one text is one line; the gravest comes first. */
function group(findings: readonly FindingMarkFragment[]): readonly Grouped[] {
  const byCode = new Map<string, Grouped>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.code}`;
    byCode.set(key, { finding, count: (byCode.get(key)?.count ?? 0) + 1 });
  }
  const rank = ({ finding }: Grouped) => severityOrder.indexOf(finding.severity);
  return [...byCode.values()].sort((a, b) => rank(b) - rank(a));
}

function Path({ path, isName }: { readonly path: string; readonly isName?: boolean | undefined }) {
  const { t } = useTranslation('parts');
  return (
    <span className="text-faint text-xs">
      <UntrustedText text={path.replace(/^\//, '') || t('definition.whole')} isMono />
      {isName === true ? ` ${t('definition.inName')}` : null}
    </span>
  );
}

function Marked({ mark }: { readonly mark: MarkedText<FindingMarkFragment> }) {
  return (
    <li className="border-b px-3 py-2.5 last:border-b-0">
      <Path path={mark.path} isName={mark.isName} />
      <p className="mt-1 max-w-[80ch] text-base">
        <UntrustedText
          text={mark.text}
          evidence={toEvidence(mark.findings)}
          isMultiline
          isMono={mark.isName}
          maxLength={shownCharacters}
        />
      </p>
      <ul className="mt-2 flex flex-col gap-1">
        {group(mark.findings).map(({ finding, count }) => (
          <FindingLine key={`${finding.severity}-${finding.code}`} finding={finding} count={count} />
        ))}
      </ul>
    </li>
  );
}

function Plain({ entry }: { readonly entry: DefinitionText }) {
  return (
    <li className="border-b px-3 py-2 last:border-b-0">
      <Path path={entry.path} />
      <p className="mt-0.5 max-w-[80ch] text-sm">
        <UntrustedText text={entry.text} isMultiline maxLength={shownCharacters} />
      </p>
    </li>
  );
}

export interface MarkedDefinitionProps {
  /** JSON text of the definition. */
  readonly definition: string;
  readonly findings: readonly FindingMarkFragment[];
}

/** The texts of a definition field by field, evidence marked where it stands; the quiet fields folded away. */
export function MarkedDefinition({ definition, findings }: MarkedDefinitionProps) {
  const { t } = useTranslation('parts');
  const placed = useMemo(() => placeFindings(definition, findings), [definition, findings]);
  const isQuiet = placed.marked.length === 0 && placed.unplaced.length === 0;
  const lead = isQuiet ? placed.others.filter((entry) => /^\/(title|description)$/.test(entry.path)) : [];
  const rest = placed.others.filter((entry) => !lead.includes(entry));
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {placed.marked.length + lead.length > 0 ? (
        <ul className="rounded-lg border bg-surface">
          {placed.marked.map((mark) => (
            <Marked key={`${mark.isName}${mark.path}`} mark={mark} />
          ))}
          {lead.map((entry) => (
            <Plain key={entry.path} entry={entry} />
          ))}
        </ul>
      ) : null}
      {placed.unplaced.length > 0 ? (
        <ul className="flex flex-col gap-2">
          {placed.unplaced.map((finding) => (
            <FindingLine
              key={`${finding.code}-${finding.path}-${finding.start}`}
              finding={finding}
              hasExcerpt
            />
          ))}
        </ul>
      ) : null}
      {rest.length > 0 ? (
        <details>
          <summary className="cursor-pointer text-muted text-xs hover:text-ink">
            {t('definition.others', { count: rest.length })}
          </summary>
          <ul className="mt-2 rounded-lg border bg-surface">
            {rest.map((entry) => (
              <Plain key={entry.path} entry={entry} />
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
