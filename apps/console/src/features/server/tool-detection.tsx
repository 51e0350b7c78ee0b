import { Badge } from '@sallyport/ui/badge';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ToolDetectionDocument,
  type ToolDetectionQuery,
  ToolDetectionViewFragmentDoc,
} from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { LiveOn } from '../../parts/live-on.tsx';
import { ToolActions } from './tool-actions.tsx';
import { ToolExceptions } from './tool-exceptions.tsx';
import { ToolModes } from './tool-modes.tsx';
import { ToolRoles } from './tool-roles.tsx';
import type { ServerTool } from './tools-tab.tsx';
import { countDifferences, type ToolDetectionView, useSaveToolDetection } from './use-tool-detection.ts';

/** Where detection of one tool differs from its tenant; asked for when it is opened. */
export function ToolDetection({ tool }: { readonly tool: ServerTool }) {
  const { t } = useTranslation('server');
  const [isOpen, setOpen] = useState(false);
  const query = useQuery({
    ...gqlQuery(ToolDetectionDocument, { toolId: tool.id }, { touches: ['detection'] }),
    enabled: isOpen,
  });
  const own = query.data
    ? countDifferences(readFragment(ToolDetectionViewFragmentDoc, query.data.toolDetection))
    : 0;
  return (
    <details className="border-t pt-3" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-muted text-sm hover:text-ink">
        <span className="font-medium text-ink">{t('detection.title')}</span>: {t('detection.summary')}{' '}
        {own > 0 ? <Badge tone="accent">{t('detection.differs', { count: own })}</Badge> : null}
      </summary>
      {isOpen ? (
        <div className="pt-4">
          <QueryGate query={query}>
            {(data) => (
              <Settings
                tool={tool}
                own={readFragment(ToolDetectionViewFragmentDoc, data.toolDetection)}
                tenant={data.detection}
              />
            )}
          </QueryGate>
        </div>
      ) : null}
    </details>
  );
}

interface SettingsProps {
  readonly tool: ServerTool;
  readonly own: ToolDetectionView;
  readonly tenant: ToolDetectionQuery['detection'];
}

function Settings({ tool, own, tenant }: SettingsProps) {
  const { t } = useTranslation('server');
  const [published, setPublished] = useState<number | null>(null);
  const save = useSaveToolDetection(tool.id, setPublished);
  const parts = { own, tenant, onSave: save.mutate };
  return (
    <div className="flex flex-col gap-6">
      {published === null ? (
        <p className="text-faint text-xs">{t('detection.lead')}</p>
      ) : (
        <LiveOn key={published} title={t('detection.saved')} version={published} />
      )}
      <ToolModes {...parts} />
      <ToolActions {...parts} />
      <ToolExceptions {...parts} />
      {tool.kind === 'TOOL' ? <ToolRoles {...parts} /> : null}
    </div>
  );
}
