import { Digest } from '@sallyport/ui/digest';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingMarkFragment } from '../../generated/graphql.ts';
import { FindingsBadge } from '../../parts/badges.tsx';
import { FindingLine } from '../../parts/finding-line.tsx';
import { MarkedDefinition } from '../../parts/marked-definition.tsx';
import { readDefinition } from '../../parts/read-schema.ts';
import { SchemaForm } from '../../parts/schema-form.tsx';

export interface ToolReadingProps {
  readonly name: string;
  readonly digest: string;
  readonly definition: string;
  readonly findings: readonly FindingMarkFragment[];
  /** The findings were made of another definition than this one: they are quoted instead of marked in it. */
  readonly isQuoted?: boolean | undefined;
  /** The control that decides, in front of the name. */
  readonly control?: ReactNode;
  readonly aside?: ReactNode;
}

/** One tool to read: evidence first where there is some, the arguments on demand. */
export function ToolReading(props: ToolReadingProps) {
  const { name, digest, definition, findings, isQuoted = false, control, aside } = props;
  const { t } = useTranslation(['approvals', 'common']);
  const description = readDefinition(definition)?.description ?? null;
  return (
    <article className="rounded-lg border">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
        {control ?? (
          <h3 className="min-w-0 font-medium">
            <UntrustedText text={name} isMono />
          </h3>
        )}
        <span className="ms-auto flex flex-wrap items-center gap-2">
          {findings.length > 0 ? <FindingsBadge findings={findings} /> : null}
          <Digest
            value={digest}
            keep={4}
            copyLabel={t('common:copy')}
            copiedLabel={t('common:copied')}
            className="text-faint"
          />
          {aside}
        </span>
      </header>
      <div className="flex flex-col gap-2 border-t px-3 py-2.5">
        {findings.length > 0 && !isQuoted ? (
          <MarkedDefinition definition={definition} findings={findings} />
        ) : (
          <>
            {findings.length > 0 ? (
              <ul className="flex flex-col gap-2">
                {findings.map((finding) => (
                  <FindingLine
                    key={`${finding.code}-${finding.path}-${finding.start}`}
                    finding={finding}
                    hasExcerpt
                  />
                ))}
              </ul>
            ) : null}
            {description === null ? (
              <p className="text-faint text-sm">{t('approvals:tool.noDescription')}</p>
            ) : (
              <p className="line-clamp-3 max-w-[75ch] text-sm">
                <UntrustedText text={description} isMultiline maxLength={1200} />
              </p>
            )}
            <details>
              <summary className="cursor-pointer text-muted text-xs hover:text-ink">
                {t('approvals:tool.read')}
              </summary>
              <div className="mt-2">
                <SchemaForm definition={definition} />
              </div>
            </details>
          </>
        )}
      </div>
    </article>
  );
}
