import { Badge } from '@sallyport/ui/badge';
import { Button } from '@sallyport/ui/button';
import { cx } from '@sallyport/ui/cx';
import { Field } from '@sallyport/ui/field';
import { IconButton } from '@sallyport/ui/icon-button';
import { Input } from '@sallyport/ui/input';
import { Textarea } from '@sallyport/ui/textarea';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Eye, EyeOff, PencilLine } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointDetailFragment } from '../../generated/graphql.ts';
import { formatCount } from '../../lib/format.ts';
import { SeverityBadge } from '../../parts/badges.tsx';
import { canRename, type ItemDraft, type PreviewRow } from './draft.ts';

const maxDescription = 2_000;
const maxName = 60;

export type ItemFindings = EndpointDetailFragment['items'][number]['findings'];

export interface PreviewRowLineProps {
  readonly row: PreviewRow;
  readonly isOpen: boolean;
  readonly isReadOnly: boolean;
  readonly findings: ItemFindings;
  readonly onOpen: () => void;
  readonly onChange: (change: Partial<ItemDraft>) => void;
}

function useFault(row: PreviewRow): string | null {
  const { t } = useTranslation('endpoints');
  if (row.fault !== null) return t(`fault.${row.fault}`, { max: maxName });
  if (row.twins.length > 0) return t('fault.twin', { name: row.wireName, others: row.twins.join(', ') });
  return row.isReserved ? t('fault.reserved') : null;
}

/** One thing as agents see it: its name there, its description, whether it is hidden. */
export function PreviewRowLine(props: PreviewRowLineProps) {
  const { row, isOpen, isReadOnly, findings, onOpen, onChange } = props;
  const { t } = useTranslation(['endpoints', 'common']);
  const { capability, item } = row;
  const id = useId();
  const fault = useFault(row);
  const shownName = row.wireName;
  return (
    <div className={cx('border-b px-3 py-2', item.hidden && 'bg-sunken')}>
      <div className="flex min-w-0 items-center gap-2">
        <div className="min-w-0 flex-1">
          <span
            className={cx(
              'flex min-w-0 items-baseline gap-2 font-mono text-xs',
              item.hidden && 'text-faint line-through',
              fault !== null && !item.hidden && 'text-block',
            )}
          >
            <UntrustedText text={shownName} className="min-w-0" />
          </span>
          {item.name.trim() === '' ? null : (
            <p className="truncate text-2xs text-faint">
              {t('endpoints:row.was')} <UntrustedText text={capability.exposedName} isMono />
            </p>
          )}
        </div>
        <Marks row={row} findings={findings} />
        <IconButton
          label={t(isOpen ? 'endpoints:row.close' : 'endpoints:row.edit', { name: shownName })}
          icon={<PencilLine />}
          aria-expanded={isOpen}
          aria-controls={`${id}-edit`}
          onClick={onOpen}
        />
        <IconButton
          label={t(item.hidden ? 'endpoints:row.show' : 'endpoints:row.hide', { name: shownName })}
          icon={item.hidden ? <EyeOff /> : <Eye />}
          aria-pressed={item.hidden}
          disabled={isReadOnly}
          onClick={() => onChange({ hidden: !item.hidden })}
        />
      </div>
      {fault === null ? null : (
        <p role="alert" className="mt-1 text-block text-xs">
          {fault}
        </p>
      )}
      {isOpen ? <RowEditor {...props} id={`${id}-edit`} /> : null}
    </div>
  );
}

function Marks({ row, findings }: Pick<PreviewRowLineProps, 'row' | 'findings'>) {
  const { t } = useTranslation(['endpoints', 'common']);
  const { capability, item } = row;
  return (
    <span className="flex shrink-0 flex-wrap items-center justify-end gap-1">
      {findings.length === 0 ? null : (
        <Badge tone="hold">{t('endpoints:row.findings', { count: findings.length })}</Badge>
      )}
      {item.description.trim() === '' ? null : <Badge tone="accent">{t('endpoints:row.described')}</Badge>}
      {capability.isUsed ? null : <Badge tone="hold">{t(`common:toolState.${capability.state}`)}</Badge>}
      {capability.kind === 'TOOL' ? (
        <span className="text-faint text-xs tabular-nums max-sm:hidden">
          {t('endpoints:tokens', { count: row.tokens, tokens: formatCount(row.tokens) })}
        </span>
      ) : (
        <Badge>{t(`endpoints:kind.${capability.kind}`)}</Badge>
      )}
    </span>
  );
}

function RowEditor({
  id,
  row,
  isReadOnly,
  findings,
  onChange,
}: PreviewRowLineProps & { readonly id: string }) {
  const { t } = useTranslation('endpoints');
  const { capability, item } = row;
  const own = capability.description ?? '';
  return (
    <div id={id} className="mt-2 flex flex-col gap-3 rounded-md border bg-surface p-3">
      {canRename(capability) ? (
        <Field label={t('row.name')} hint={t('row.nameHint')}>
          <Input
            value={item.name}
            maxLength={maxName}
            placeholder={capability.exposedName}
            readOnly={isReadOnly}
            spellCheck={false}
            className="font-mono"
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
      ) : (
        <p className="text-muted text-sm">{t('row.uriStays')}</p>
      )}
      <Field
        label={t('row.description')}
        hint={t('row.descriptionHint', { count: item.description.length, max: maxDescription })}
      >
        <Textarea
          value={item.description}
          rows={3}
          maxLength={maxDescription}
          placeholder={own.slice(0, 300)}
          readOnly={isReadOnly}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </Field>
      {findings.map((finding) => (
        <p key={`${finding.code}-${finding.excerpt}`} className="flex flex-wrap items-center gap-2 text-sm">
          <SeverityBadge severity={finding.severity} /> {finding.title}
          <UntrustedText text={finding.excerpt} isMono maxLength={160} className="text-muted text-xs" />
        </p>
      ))}
      {own === '' ? null : (
        <div className="text-sm">
          <p className="mb-1 text-faint text-xs">{t('row.approved')}</p>
          <UntrustedText text={own} isMultiline maxLength={1_200} className="text-muted" />
        </div>
      )}
      {item.name === '' && item.description === '' ? null : (
        <Button
          size="sm"
          variant="ghost"
          disabled={isReadOnly}
          className="self-start"
          onClick={() => onChange({ name: '', description: '' })}
        >
          {t('row.reset')}
        </Button>
      )}
    </div>
  );
}
