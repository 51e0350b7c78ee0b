import { Callout } from '@sallyport/ui/callout';
import { Checkbox } from '@sallyport/ui/checkbox';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FindingMarkFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { gravest } from '../../parts/badges.tsx';
import { groupCapabilities } from '../../parts/capability-groups.ts';
import { CapabilityHeading } from '../../parts/capability-heading.tsx';
import { DefinitionChange } from '../../parts/definition-change.tsx';
import { MarkedDefinition } from '../../parts/marked-definition.tsx';
import { ApprovalHeader } from './approval-header.tsx';
import type { ApprovalItem, DecideMutation } from './approval-pane.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { ToolReading } from './tool-reading.tsx';

type ToolEntry = ApprovalItem['tools'][number];

function findingsOf(entry: ToolEntry) {
  return readFragment(FindingMarkFragmentDoc, entry.findings);
}

/** Nobody approves a grave finding by accident: such a tool starts unticked. */
function isGrave(entry: ToolEntry): boolean {
  const worst = gravest(findingsOf(entry));
  return worst === 'HIGH' || worst === 'CRITICAL';
}

export interface OpenItemProps {
  readonly item: ApprovalItem;
  /** The definitions moved since they were read: deciding must wait. */
  readonly isStale: boolean;
  readonly decide: DecideMutation;
  readonly onBack: () => void;
  readonly children?: ReactNode;
}

/** An item that waits for a decision, tool by tool. */
export function OpenItem({ item, isStale, decide, onBack, children }: OpenItemProps) {
  const isServer = item.kind === 'SERVER';
  const [approved, setApproved] = useState<ReadonlySet<string>>(
    () => new Set(item.tools.filter((entry) => !isServer || !isGrave(entry)).map((entry) => entry.tool.id)),
  );
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <ApprovalHeader item={item} onBack={onBack} />
        {children}
        {isServer ? (
          <ServerTools item={item} approved={approved} onChange={setApproved} />
        ) : (
          item.tools.map((entry) => <ChangedTool key={entry.tool.id} entry={entry} />)
        )}
      </div>
      <DecisionBar
        item={item}
        approved={approved}
        isStale={isStale}
        isGrave={!isServer && item.tools.some(isGrave)}
        decide={decide}
      />
    </>
  );
}

interface ServerToolsProps {
  readonly item: ApprovalItem;
  readonly approved: ReadonlySet<string>;
  readonly onChange: (approved: ReadonlySet<string>) => void;
}

function ServerTools({ item, approved, onChange }: ServerToolsProps) {
  const { t } = useTranslation('approvals');
  const graveCount = item.tools.filter(isGrave).length;
  const total = item.tools.length;
  function set(id: string, isOn: boolean) {
    const next = new Set(approved);
    if (isOn) next.add(id);
    else next.delete(id);
    onChange(next);
  }
  return (
    <>
      <div className="sticky -top-4 z-10 mb-3 flex flex-wrap items-center justify-between gap-2 border-b bg-surface py-2">
        <Checkbox
          checked={approved.size === total && total > 0}
          isIndeterminate={approved.size > 0 && approved.size < total}
          onChange={(isOn) => onChange(new Set(isOn ? item.tools.map((entry) => entry.tool.id) : []))}
          label={
            <span className="font-medium">{t('tools.chosen', { count: total, chosen: approved.size })}</span>
          }
        />
        {graveCount > 0 ? (
          <span className="text-hold text-xs">{t('tools.grave', { count: graveCount })}</span>
        ) : null}
      </div>
      <div className="flex flex-col gap-5">
        {groupCapabilities(item.tools, (entry) => entry.tool).map(({ group, entries }) => (
          <section key={group} className="flex flex-col gap-2">
            <CapabilityHeading group={group} count={entries.length} />
            <ul className="flex flex-col gap-3">
              {entries.map((entry) => (
                <li key={entry.tool.id}>
                  <ToolReading
                    name={entry.tool.name}
                    digest={entry.observedDigest}
                    definition={entry.tool.definition}
                    findings={findingsOf(entry)}
                    control={
                      <Checkbox
                        checked={approved.has(entry.tool.id)}
                        onChange={(isOn) => set(entry.tool.id, isOn)}
                        label={<UntrustedText text={entry.tool.name} isMono className="font-medium" />}
                      />
                    }
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

function ChangedTool({ entry }: { readonly entry: ToolEntry }) {
  const { t } = useTranslation('approvals');
  const findings = findingsOf(entry);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted text-sm">{t('tool.stopped')}</p>
      {isGrave(entry) ? (
        <Callout tone="block" title={t('tool.grave', { count: findings.length })}>
          {t('tool.graveNext')}
        </Callout>
      ) : null}
      {entry.change === null ? (
        <ToolReading
          name={entry.tool.name}
          digest={entry.observedDigest}
          definition={entry.tool.definition}
          findings={findings}
        />
      ) : (
        <>
          <DefinitionChange change={entry.change} />
          {findings.length > 0 ? (
            <section className="flex flex-col gap-2">
              <h3 className="font-semibold text-sm">{t('tool.findings')}</h3>
              <MarkedDefinition definition={entry.tool.definition} findings={findings} />
            </section>
          ) : null}
        </>
      )}
    </div>
  );
}
