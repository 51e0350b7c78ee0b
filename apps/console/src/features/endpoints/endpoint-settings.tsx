import { Callout } from '@sallyport/ui/callout';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { Segmented } from '@sallyport/ui/segmented';
import { Switch } from '@sallyport/ui/switch';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../lib/format.ts';
import type { Draft, Preview } from './draft.ts';

export interface EndpointSettingsProps {
  readonly draft: Draft;
  readonly preview: Preview;
  readonly searchTokens: number;
  readonly isNew: boolean;
  readonly isReadOnly: boolean;
  readonly slugFault?: string | undefined;
  readonly onChange: (draft: Draft) => void;
}

/** Name, what it shows, how things are called, tool search. */
export function EndpointSettings(props: EndpointSettingsProps) {
  const { draft, preview, isNew, isReadOnly, slugFault, onChange } = props;
  const { t } = useTranslation('endpoints');
  return (
    <section
      aria-label={t('settings.title')}
      className="grid grid-cols-1 gap-x-6 gap-y-4 rounded-lg border bg-surface p-4 md:grid-cols-2 xl:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.3fr)]"
    >
      <div className="flex min-w-0 flex-col gap-3">
        <Field label={t('settings.name')}>
          <Input
            value={draft.name}
            maxLength={100}
            readOnly={isReadOnly}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        </Field>
        {isNew ? (
          <Field label={t('settings.slug')} hint={t('settings.slugHint')} error={slugFault}>
            <Input
              value={draft.slug}
              maxLength={40}
              spellCheck={false}
              className="font-mono"
              onChange={(event) => onChange({ ...draft, slug: event.target.value.toLowerCase() })}
            />
          </Field>
        ) : null}
      </div>
      <Choice label={t('settings.shows')} hint={t(`selectionHint.${draft.selection}`)}>
        <Segmented
          label={t('settings.shows')}
          value={draft.selection}
          options={(['ALL', 'CHOSEN'] as const).map((value) => ({ value, label: t(`selection.${value}`) }))}
          onChange={(selection) => isReadOnly || onChange({ ...draft, selection })}
        />
      </Choice>
      <Choice label={t('settings.names')} hint={t(`namingHint.${draft.naming}`)}>
        <Segmented
          label={t('settings.names')}
          value={draft.naming}
          options={(['PREFIXED', 'PLAIN'] as const).map((value) => ({
            value,
            label: <span className="font-mono">{t(`naming.${value}`)}</span>,
          }))}
          onChange={(naming) => isReadOnly || onChange({ ...draft, naming })}
        />
      </Choice>
      <ToolSearch {...props} />
      {preview.plainFault === null ? null : (
        <Callout
          tone="hold"
          title={t(`plainFault.${preview.plainFault}`)}
          className="md:col-span-2 xl:col-span-4"
        >
          {t('plainFault.next')}
        </Callout>
      )}
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hint: string;
  readonly children: React.ReactNode;
}

function Choice({ label, hint, children }: ChoiceProps) {
  return (
    <div className="flex min-w-0 flex-col items-start gap-1.5">
      <span className="font-medium text-sm">{label}</span>
      {children}
      <p className="text-faint text-xs">{hint}</p>
    </div>
  );
}

function ToolSearch({ draft, preview, searchTokens, isReadOnly, onChange }: EndpointSettingsProps) {
  const { t } = useTranslation('endpoints');
  const { listTokens, tools } = preview;
  const saved = listTokens - searchTokens;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Switch
        checked={draft.toolSearch}
        disabled={isReadOnly}
        onChange={(toolSearch) => onChange({ ...draft, toolSearch })}
        label={t('search.label')}
        hint={t('search.hint', { count: tools, tools: formatCount(tools) })}
      />
      <p className="text-sm tabular-nums" aria-live="polite">
        <span className="font-medium">
          {t('search.tokens', { before: formatCount(listTokens), after: formatCount(searchTokens) })}
        </span>
        <span className="block text-faint text-xs">
          {saved > 0 ? t('search.saves', { saved: formatCount(saved) }) : t('search.costs')}
        </span>
      </p>
    </div>
  );
}
