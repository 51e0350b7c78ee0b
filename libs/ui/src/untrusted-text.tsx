import { Fragment, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { hasHiddenCharacters, splitHidden, type TextPart } from './hidden-characters.ts';

export interface EvidenceRange {
  /** Offsets in UTF-16 units of the text, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly label?: string | undefined;
  readonly tone?: 'hold' | 'block' | 'observe' | undefined;
}

export interface UntrustedTextProps {
  readonly text: string;
  readonly evidence?: readonly EvidenceRange[] | undefined;
  /** Keeps line breaks; else a line break is drawn as a mark, so one line stays one line. */
  readonly isMultiline?: boolean | undefined;
  readonly isMono?: boolean | undefined;
  readonly maxLength?: number | undefined;
  readonly className?: string | undefined;
}

const evidenceTones = {
  hold: 'bg-hold-soft text-hold decoration-hold',
  block: 'bg-block-soft text-block decoration-block',
  observe: 'bg-observe-soft text-observe decoration-observe',
} as const;

function HiddenMark({ mark, name }: { readonly mark: string; readonly name: string }) {
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      data-hidden-character=""
      className="mx-px inline-block rounded-sm border border-hold-line bg-hold-soft px-1 align-baseline font-mono text-2xs text-hold leading-tight"
    >
      {mark}
    </span>
  );
}

function drawPart(part: TextPart, isMultiline: boolean): ReactNode {
  if (part.kind === 'hidden') return <HiddenMark key={part.start} mark={part.mark} name={part.name} />;
  if (isMultiline || !/[\n\t]/.test(part.text)) return part.text;
  return part.text.split(/(\n|\t)/).map((piece, index) => {
    if (piece === '\n') return <HiddenMark key={`${part.start}-${index}`} mark="↵" name="line feed" />;
    return piece === '\t' ? ' ' : piece;
  });
}

function draw(text: string, isMultiline: boolean): ReactNode {
  if (!hasHiddenCharacters(text)) {
    if (isMultiline || !/[\n\t]/.test(text)) return text;
    return drawPart({ kind: 'plain', start: 0, text }, false);
  }
  return splitHidden(text).map((part) => <Fragment key={part.start}>{drawPart(part, isMultiline)}</Fragment>);
}

interface Cut {
  readonly start: number;
  readonly text: string;
  readonly range: EvidenceRange | null;
}

/** Cuts text at the evidence; overlapping ranges are merged into the one that starts first. */
export function cutByEvidence(text: string, evidence: readonly EvidenceRange[]): readonly Cut[] {
  const cuts: Cut[] = [];
  let at = 0;
  for (const range of [...evidence].sort((a, b) => a.start - b.start)) {
    const start = Math.max(at, Math.min(range.start, text.length));
    const end = Math.min(range.end, text.length);
    if (end <= start) continue;
    if (start > at) cuts.push({ start: at, text: text.slice(at, start), range: null });
    cuts.push({ start, text: text.slice(start, end), range });
    at = end;
  }
  if (at < text.length) cuts.push({ start: at, text: text.slice(at), range: null });
  return cuts;
}

/**
 * Text from outside: never HTML, links or images; what hides or reorders characters is drawn as a mark,
 * and the stretch cannot change the direction of what stands around it.
 */
export function UntrustedText(props: UntrustedTextProps) {
  const { text, evidence, isMultiline = false, isMono = false, maxLength, className } = props;
  const isCut = maxLength !== undefined && text.length > maxLength;
  const shown = isCut ? text.slice(0, maxLength) : text;
  const body =
    evidence === undefined || evidence.length === 0
      ? draw(shown, isMultiline)
      : cutByEvidence(shown, evidence).map((cut) =>
          cut.range === null ? (
            <Fragment key={cut.start}>{draw(cut.text, isMultiline)}</Fragment>
          ) : (
            <mark
              key={cut.start}
              title={cut.range.label}
              className={cx(
                'rounded-sm px-0.5 underline decoration-2 underline-offset-2',
                evidenceTones[cut.range.tone ?? 'block'],
              )}
            >
              {draw(cut.text, isMultiline)}
            </mark>
          ),
        );
  return (
    <bdi
      dir="ltr"
      data-untrusted=""
      className={cx(
        '[overflow-wrap:anywhere]',
        isMono && 'font-mono',
        isMultiline && 'whitespace-pre-wrap',
        className,
      )}
    >
      {body}
      {isCut ? '…' : null}
    </bdi>
  );
}
