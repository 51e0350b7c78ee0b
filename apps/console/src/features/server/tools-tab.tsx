import { cx } from '@sallyport/ui/cx';
import { EmptyState } from '@sallyport/ui/empty-state';
import { Input } from '@sallyport/ui/input';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToolBadge } from '../../parts/badges.tsx';
import { groupCapabilities } from '../../parts/capability-groups.ts';
import { CapabilityHeading } from '../../parts/capability-heading.tsx';
import type { ServerDetail } from './server-page.tsx';
import { ToolPane } from './tool-pane.tsx';

const route = getRouteApi('/shell/catalog/$serverId');

export type ServerTool = ServerDetail['tools'][number];

/** The capabilities by kind on the left, the chosen one's definition as a form to read on the right. */
export function ToolsTab({ server }: { readonly server: ServerDetail }) {
  const { t } = useTranslation('server');
  const { tool: chosenId } = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const shown = server.tools.filter((tool) => tool.name.toLowerCase().includes(wanted));
  const chosen = server.tools.find((tool) => tool.id === chosenId) ?? shown[0];
  if (server.tools.length === 0) return <EmptyState title={t('tools.none')} />;
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-2">
        <Input
          type="search"
          value={text}
          aria-label={t('tools.search')}
          placeholder={t('tools.search')}
          onChange={(event) => setText(event.target.value)}
        />
        {shown.length === 0 ? <p className="p-2 text-muted text-sm">{t('tools.noMatch')}</p> : null}
        <div className="flex flex-col gap-3 overflow-y-auto rounded-lg border bg-surface max-lg:max-h-60 lg:max-h-[65vh]">
          {groupCapabilities(shown, (tool) => tool).map(({ group, entries }) => (
            <section key={group}>
              <div className="sticky top-0 border-b bg-surface px-3 pt-2.5 pb-1.5">
                <CapabilityHeading group={group} count={entries.length} />
              </div>
              <ul>
                {entries.map((tool) => (
                  <ToolRow
                    key={tool.id}
                    tool={tool}
                    isChosen={tool.id === chosen?.id}
                    onChoose={() =>
                      void navigate({ search: (before) => ({ ...before, tool: tool.id }), replace: true })
                    }
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
      {chosen === undefined ? null : <ToolPane key={chosen.id} tool={chosen} />}
    </div>
  );
}

interface ToolRowProps {
  readonly tool: ServerTool;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function ToolRow({ tool, isChosen, onChoose }: ToolRowProps) {
  return (
    <li className="border-b last:border-b-0">
      <button
        type="button"
        aria-current={isChosen}
        onClick={onChoose}
        className={cx(
          'flex min-h-10 w-full items-center justify-between gap-2 px-3 py-1.5 text-start outline-offset-[-2px]',
          isChosen ? 'bg-accent-soft' : 'hover:bg-hover',
        )}
      >
        <span className="min-w-0 truncate font-mono text-xs">
          <UntrustedText text={tool.name} />
        </span>
        <ToolBadge state={tool.state} isPlain />
      </button>
    </li>
  );
}
