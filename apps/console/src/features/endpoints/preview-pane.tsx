import { EmptyState } from '@sallyport/ui/empty-state';
import { Input } from '@sallyport/ui/input';
import { VirtualList } from '@sallyport/ui/virtual-list';
import { EyeOff } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../lib/format.ts';
import { type Draft, type Preview, type PreviewRow, withItem } from './draft.ts';
import { type ItemFindings, PreviewRowLine } from './preview-row.tsx';

const filterFrom = 8;

export interface PreviewPaneProps {
  readonly draft: Draft;
  readonly preview: Preview;
  readonly findings: ReadonlyMap<string, ItemFindings>;
  readonly isReadOnly: boolean;
  readonly onChange: (draft: Draft) => void;
}

const noFindings: ItemFindings = [];

/** What agents see: names, descriptions and what is hidden, changed in place. */
export function PreviewPane({ draft, preview, findings, isReadOnly, onChange }: PreviewPaneProps) {
  const { t } = useTranslation('endpoints');
  const [openId, setOpenId] = useState<string | null>(null);
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const isWanted = ({ wireName, capability }: PreviewRow) =>
    wireName.toLowerCase().includes(wanted) || capability.exposedName.toLowerCase().includes(wanted);
  const rows = wanted === '' ? preview.rows : preview.rows.filter(isWanted);
  if (preview.rows.length === 0) {
    return (
      <EmptyState icon={<EyeOff />} title={t('preview.empty.title')} description={t('preview.empty.next')} />
    );
  }
  return (
    <>
      {preview.rows.length < filterFrom ? null : (
        <div className="border-b p-3">
          <Input
            type="search"
            value={text}
            aria-label={t('preview.search')}
            placeholder={t('preview.search')}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
      {rows.length === 0 ? <EmptyState title={t('picker.noMatch')} className="py-8" /> : null}
      <VirtualList
        label={t('preview.list', { shown: formatCount(preview.shown) })}
        items={rows}
        itemKey={(row) => row.capability.toolId}
        estimate={49}
        className="flex-1"
      >
        {(row) => {
          const { toolId } = row.capability;
          return (
            <PreviewRowLine
              row={row}
              isOpen={openId === toolId}
              isReadOnly={isReadOnly}
              findings={findings.get(toolId) ?? noFindings}
              onOpen={() => setOpenId(openId === toolId ? null : toolId)}
              onChange={(change) => onChange(withItem(draft, toolId, change))}
            />
          );
        }}
      </VirtualList>
    </>
  );
}
