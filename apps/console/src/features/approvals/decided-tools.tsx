import { Callout } from '@sallyport/ui/callout';
import { useTranslation } from 'react-i18next';
import { FindingMarkFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { ToolBadge } from '../../parts/badges.tsx';
import { DefinitionChange } from '../../parts/definition-change.tsx';
import type { ApprovalItem } from './approval-pane.tsx';
import { ToolReading } from './tool-reading.tsx';

/** The tools of an item that is decided, as they stand now; they may have changed since it was vetted. */
export function DecidedTools({ item }: { readonly item: ApprovalItem }) {
  const { t } = useTranslation('approvals');
  if (item.state === 'SUPERSEDED') {
    return <Callout title={t('superseded.title')}>{t('superseded.next')}</Callout>;
  }
  return (
    <ul className="flex flex-col gap-3">
      {item.tools.map(({ tool, change, findings, observedDigest }) => (
        <li key={tool.id}>
          {item.kind === 'TOOL' && change !== null ? <DefinitionChange change={change} /> : null}
          <ToolReading
            name={tool.name}
            digest={observedDigest}
            definition={tool.definition}
            findings={readFragment(FindingMarkFragmentDoc, findings)}
            isQuoted
            aside={<ToolBadge state={tool.state} />}
          />
        </li>
      ))}
    </ul>
  );
}
