import { Checkbox } from '@sallyport/ui/checkbox';
import { Input } from '@sallyport/ui/input';
import { Segmented } from '@sallyport/ui/segmented';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DetectionToolsDocument } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';

const shownTools = 200;

export interface RuleToolsProps {
  /** Null: every tool. */
  readonly value: readonly string[] | null;
  readonly onChange: (value: readonly string[] | null) => void;
}

/** Every tool, or the ones chosen here. */
export function RuleTools({ value, onChange }: RuleToolsProps) {
  const { t } = useTranslation('detection');
  return (
    <div className="flex flex-col gap-2">
      <span className="flex flex-wrap items-center gap-3">
        <span className="font-medium text-sm">{t('own.tools')}</span>
        <Segmented
          label={t('own.tools')}
          value={value === null ? 'all' : 'some'}
          options={[
            { value: 'all', label: t('own.allTools') },
            { value: 'some', label: t('own.someTools') },
          ]}
          onChange={(next) => onChange(next === 'all' ? null : (value ?? []))}
        />
      </span>
      {value === null ? null : <Tools value={value} onChange={onChange} />}
    </div>
  );
}

function Tools({
  value,
  onChange,
}: {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}) {
  const { t } = useTranslation('detection');
  const [find, setFind] = useState('');
  const query = useQuery(gqlQuery(DetectionToolsDocument, {}, { touches: ['server'] }));
  return (
    <QueryGate query={query}>
      {({ capabilities: { capabilities } }) => {
        const wanted = find.trim().toLowerCase();
        const found = capabilities.filter((each) => each.exposedName.toLowerCase().includes(wanted));
        return (
          <div className="rounded-md border">
            <div className="border-b p-2">
              <Input
                type="search"
                value={find}
                aria-label={t('own.findTool')}
                placeholder={t('own.findTool')}
                onChange={(event) => setFind(event.target.value)}
              />
            </div>
            <ul className="flex max-h-44 flex-col gap-1.5 overflow-y-auto p-2.5">
              {found.length === 0 ? <li className="text-muted text-sm">{t('own.noTool')}</li> : null}
              {found.slice(0, shownTools).map((tool) => (
                <li key={tool.toolId}>
                  <Checkbox
                    checked={value.includes(tool.toolId)}
                    label={<UntrustedText text={tool.exposedName} isMono className="text-xs" />}
                    onChange={(isOn) =>
                      onChange(isOn ? [...value, tool.toolId] : value.filter((id) => id !== tool.toolId))
                    }
                  />
                </li>
              ))}
            </ul>
            <p className="border-t px-2.5 py-1.5 text-faint text-xs">
              {t('own.chosenTools', { count: value.length })}
            </p>
          </div>
        );
      }}
    </QueryGate>
  );
}
