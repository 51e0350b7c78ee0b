import './texts.ts';
import { Badge } from '@sallyport/ui/badge';
import { DiffView } from '@sallyport/ui/diff-view';
import { Digest } from '@sallyport/ui/digest';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { indentInOrder } from './read-schema.ts';

export interface ChangeOfDefinition {
  readonly tool: { readonly id: string; readonly name: string };
  readonly at: string;
  readonly beforeDigest: string;
  readonly afterDigest: string;
  readonly before: string;
  readonly after: string;
  readonly fields: ReadonlyArray<{
    readonly path: string;
    readonly kind: string;
    readonly before: string | null;
    readonly after: string | null;
  }>;
}

const shownFields = 12;

/** A changed definition: what changed in words, then the two texts side by side with hidden characters drawn. */
export function DefinitionChange({ change }: { readonly change: ChangeOfDefinition }) {
  const { t } = useTranslation(['parts', 'common']);
  const copy = { copyLabel: t('common:copy'), copiedLabel: t('common:copied') };
  return (
    <article className="flex min-w-0 flex-col gap-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold text-md">
          <UntrustedText text={change.tool.name} isMono />
        </h3>
        <span className="inline-flex items-center gap-1 text-muted text-xs">
          <Digest value={change.beforeDigest} keep={4} {...copy} />
          <ArrowRight className="size-3" aria-hidden="true" />
          <Digest value={change.afterDigest} keep={4} {...copy} />
        </span>
        <RelativeTime at={change.at} className="text-faint text-xs" />
      </header>
      {change.fields.length === 0 ? null : (
        <ul className="flex flex-wrap gap-1.5" aria-label={t('parts:change.fields')}>
          {change.fields.slice(0, shownFields).map((field) => (
            <li key={`${field.kind}-${field.path}`}>
              <Badge tone={field.kind === 'removed' ? 'block' : field.kind === 'added' ? 'allow' : 'hold'}>
                <UntrustedText text={`${field.kind} ${field.path}`} isMono />
              </Badge>
            </li>
          ))}
        </ul>
      )}
      <DiffView
        before={indentInOrder(change.before)}
        after={indentInOrder(change.after)}
        language="json"
        beforeLabel={t('parts:change.before')}
        afterLabel={t('parts:change.after')}
        loadingLabel={t('common:loading')}
      />
    </article>
  );
}
