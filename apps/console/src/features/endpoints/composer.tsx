import { Callout } from '@sallyport/ui/callout';
import { cx } from '@sallyport/ui/cx';
import { Segmented } from '@sallyport/ui/segmented';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../lib/format.ts';
import { CapabilityPicker } from './capability-picker.tsx';
import type { Choices, Draft, Preview } from './draft.ts';
import { EndpointSettings } from './endpoint-settings.tsx';
import { PreviewPane } from './preview-pane.tsx';
import type { ItemFindings } from './preview-row.tsx';

export interface ComposerProps {
  readonly choices: Choices;
  readonly draft: Draft;
  readonly preview: Preview;
  readonly findings: ReadonlyMap<string, ItemFindings>;
  readonly isNew: boolean;
  readonly isReadOnly: boolean;
  readonly slugFault?: string | undefined;
  readonly onChange: (draft: Draft) => void;
}

type Side = 'choose' | 'preview';

/** What there is on the left, what agents see on the right; on a small screen one of the two. */
export function Composer(props: ComposerProps) {
  const { choices, draft, preview, findings, isReadOnly, onChange } = props;
  const { t } = useTranslation('endpoints');
  const [side, setSide] = useState<Side>('choose');
  const facts = useMemo(
    () => ({
      count: preview.servers.size,
      shown: formatCount(preview.shown),
      servers: formatCount(preview.servers.size),
      tokens: formatCount(draft.toolSearch ? choices.searchTokens : preview.listTokens),
    }),
    [preview, draft.toolSearch, choices.searchTokens],
  );
  return (
    <>
      <EndpointSettings {...props} searchTokens={choices.searchTokens} />
      {preview.faults === 0 ? null : (
        <Callout tone="block" title={t('fault.title', { count: preview.faults })}>
          {t('fault.next')}
        </Callout>
      )}
      <Segmented
        label={t('side.label')}
        value={side}
        className="self-start lg:hidden"
        options={[
          { value: 'choose', label: t('side.choose') },
          { value: 'preview', label: t('side.preview', facts) },
        ]}
        onChange={setSide}
      />
      <div className="grid min-h-0 grid-cols-1 gap-4 lg:grid-cols-2">
        <Pane title={t('picker.title')} isFront={side === 'choose'}>
          <CapabilityPicker choices={choices} draft={draft} onChange={onChange} isReadOnly={isReadOnly} />
        </Pane>
        <Pane title={t('preview.title')} aside={t('preview.facts', facts)} isFront={side === 'preview'}>
          {draft.toolSearch ? (
            <p className="border-b bg-accent-soft px-3 py-2 text-sm">{t('preview.searched')}</p>
          ) : null}
          <PreviewPane
            draft={draft}
            preview={preview}
            findings={findings}
            isReadOnly={isReadOnly}
            onChange={onChange}
          />
        </Pane>
      </div>
    </>
  );
}

interface PaneProps {
  readonly title: string;
  readonly aside?: string | undefined;
  readonly isFront: boolean;
  readonly children: React.ReactNode;
}

function Pane({ title, aside, isFront, children }: PaneProps) {
  return (
    <section
      className={cx(
        'flex h-[max(26rem,calc(100dvh-25rem))] min-w-0 flex-col overflow-hidden rounded-lg border bg-surface max-lg:h-[70dvh]',
        !isFront && 'max-lg:hidden',
      )}
    >
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 border-b px-4 py-2">
        <h2 className="font-semibold text-sm">{title}</h2>
        {aside ? (
          <p className="text-faint text-xs tabular-nums" aria-live="polite">
            {aside}
          </p>
        ) : null}
      </header>
      {children}
    </section>
  );
}
