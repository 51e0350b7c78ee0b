import { Digest } from '@sallyport/ui/digest';
import { EmptyState } from '@sallyport/ui/empty-state';
import { Section } from '@sallyport/ui/section';
import { Segmented } from '@sallyport/ui/segmented';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FindingMarkFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { FindingsBadge } from '../../parts/badges.tsx';
import { groupCapabilities } from '../../parts/capability-groups.ts';
import { CapabilityHeading } from '../../parts/capability-heading.tsx';
import { MarkedDefinition } from '../../parts/marked-definition.tsx';
import type { Report } from './report-page.tsx';

type ReportTool = Report['tools'][number];

function findingsOf(tool: ReportTool) {
  return readFragment(FindingMarkFragmentDoc, tool.findings);
}

function ToolEntry({ tool }: { readonly tool: ReportTool }) {
  const { t } = useTranslation(['common', 'vetting']);
  const findings = findingsOf(tool);
  return (
    <li className="flex flex-col gap-2.5 px-4 py-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h4 className="min-w-0 font-semibold text-md">
          <UntrustedText text={tool.name} isMono />
        </h4>
        <FindingsBadge findings={findings} />
        {tool.score === null ? null : (
          <StatusBadge tone={tool.flagged ? 'block' : 'neutral'} isPlain={!tool.flagged}>
            {t(tool.flagged ? 'vetting:tools.flagged' : 'vetting:tools.score', {
              score: tool.score.toFixed(2),
            })}
          </StatusBadge>
        )}
        <Digest
          value={tool.digest}
          keep={5}
          copyLabel={t('common:copy')}
          copiedLabel={t('common:copied')}
          className="text-faint"
        />
      </header>
      <MarkedDefinition definition={tool.definition} findings={findings} />
    </li>
  );
}

/** The findings by capability, kind by kind, the one with most of them first. */
export function ReportTools({ tools }: { readonly tools: Report['tools'] }) {
  const { t } = useTranslation('vetting');
  const loud = tools.filter((tool) => findingsOf(tool).length > 0);
  const [shown, setShown] = useState<'found' | 'all'>(loud.length > 0 ? 'found' : 'all');
  const sorted = [...(shown === 'found' ? loud : tools)].sort(
    (a, b) => findingsOf(b).length - findingsOf(a).length,
  );
  return (
    <Section
      title={t('tools.title')}
      aside={
        loud.length > 0 && loud.length < tools.length ? (
          <Segmented
            label={t('tools.filter')}
            value={shown}
            options={[
              { value: 'found', label: t('tools.found', { count: loud.length }) },
              { value: 'all', label: t('tools.all', { count: tools.length }) },
            ]}
            onChange={setShown}
          />
        ) : undefined
      }
      isFlush
    >
      {sorted.length === 0 ? <EmptyState title={t('tools.none')} /> : null}
      {groupCapabilities(sorted, (tool) => tool).map(({ group, entries }) => (
        <section key={group} className="border-b last:border-b-0">
          <div className="px-4 pt-4">
            <CapabilityHeading group={group} count={entries.length} />
          </div>
          <ul className="divide-y">
            {entries.map((tool) => (
              <ToolEntry key={`${tool.kind} ${tool.name}`} tool={tool} />
            ))}
          </ul>
        </section>
      ))}
    </Section>
  );
}
