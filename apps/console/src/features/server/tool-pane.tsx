import { CodeEditor } from '@sallyport/ui/code-editor';
import { Digest } from '@sallyport/ui/digest';
import { KeyValues } from '@sallyport/ui/key-values';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../lib/format.ts';
import { ToolBadge } from '../../parts/badges.tsx';
import { indentJson } from '../../parts/read-schema.ts';
import { SchemaForm } from '../../parts/schema-form.tsx';
import { ToolDetection } from './tool-detection.tsx';
import type { ServerTool } from './tools-tab.tsx';

/** One tool: what it says of itself, its digest against the approved one, and how much it is used. */
export function ToolPane({ tool }: { readonly tool: ServerTool }) {
  const { t } = useTranslation(['server', 'common']);
  const [isJson, setJson] = useState(false);
  const digest = (value: string) => (
    <Digest value={value} copyLabel={t('common:copy')} copiedLabel={t('common:copied')} />
  );
  return (
    <article className="flex min-w-0 flex-col gap-4 rounded-lg border bg-surface p-4">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold text-md">
          <UntrustedText text={tool.name} isMono />
        </h2>
        <ToolBadge state={tool.state} />
        <TryLink tool={tool} />
      </header>
      <SchemaForm definition={tool.definition} />
      <KeyValues
        items={[
          {
            id: 'exposed',
            label: t('server:tools.exposed'),
            value: <UntrustedText text={tool.exposedName} isMono className="text-xs" />,
          },
          { id: 'digest', label: t('server:tools.digest'), value: digest(tool.observedDigest) },
          {
            id: 'pin',
            label: t('server:tools.pin'),
            value:
              tool.pin === null ? (
                <span className="text-faint">{t('server:tools.notPinned')}</span>
              ) : (
                <span className="inline-flex flex-wrap items-center gap-x-2">
                  {digest(tool.pin.digest)}
                  <RelativeTime at={tool.pin.approvedAt} className="text-muted text-xs" />
                  <span className="text-muted text-xs">
                    <UntrustedText text={t('server:tools.pinnedBy', { name: tool.pin.approvedBy })} />
                  </span>
                </span>
              ),
          },
          {
            id: 'calls',
            label: t('server:tools.calls'),
            value: (
              <Link to="/calls" search={{ tool: tool.name }} className="tabular-nums hover:underline">
                {formatCount(tool.calls30d)}
              </Link>
            ),
          },
          { id: 'first', label: t('server:tools.firstSeen'), value: <RelativeTime at={tool.firstSeen} /> },
          { id: 'last', label: t('server:tools.lastSeen'), value: <RelativeTime at={tool.lastSeen} /> },
        ]}
      />
      <details onToggle={(event) => setJson(event.currentTarget.open)}>
        <summary className="cursor-pointer text-muted text-sm hover:text-ink">
          {t('server:tools.definition')}
        </summary>
        {isJson ? (
          <CodeEditor
            className="mt-2 max-h-[28rem]"
            value={indentJson(tool.definition)}
            language="json"
            label={t('server:tools.definition')}
            loadingLabel={t('common:loading')}
            isReadOnly
          />
        ) : null}
      </details>
      <ToolDetection tool={tool} />
    </article>
  );
}

const inspected = { TOOL: 'tool', PROMPT: 'prompt', RESOURCE: 'resource', TEMPLATE: 'template' } as const;

/** To the inspector, which knows resources by their address and all else by the name that agents see. */
function TryLink({ tool }: { readonly tool: ServerTool }) {
  const { t } = useTranslation('server');
  if (tool.state !== 'APPROVED' || tool.kind === 'INSTRUCTIONS') return null;
  const kind = inspected[tool.kind];
  const item = kind === 'tool' || kind === 'prompt' ? tool.exposedName : tool.name;
  return (
    <Link to="/inspector" search={{ kind, item }} className="ms-auto text-accent text-sm hover:underline">
      {t('tools.try')}
    </Link>
  );
}
