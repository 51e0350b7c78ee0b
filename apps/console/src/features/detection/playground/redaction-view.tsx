import { Section } from '@sallyport/ui/section';
import { Segmented } from '@sallyport/ui/segmented';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import type { SensitiveAction } from '../../../generated/graphql.ts';
import { typeName } from '../rules-filter.ts';
import type { RedactedInput } from './explain-input.ts';
import type { PlaygroundChoice } from './use-playground.ts';

export interface RedactionViewProps {
  readonly redacted: RedactedInput;
  readonly mode: PlaygroundChoice['redaction'];
  readonly onMode: (mode: PlaygroundChoice['redaction']) => void;
}

/** What would go on instead of what was pasted, and what was found by type. */
export function RedactionView({ redacted, mode, onMode }: RedactionViewProps) {
  const { t } = useTranslation(['detection', 'parts']);
  const { hits, blockedBy, text } = redacted;
  return (
    <Section
      title={t('detection:play.redaction')}
      aside={
        <Segmented
          label={t('detection:play.redaction')}
          value={mode}
          options={[
            { value: 'tenant', label: t('detection:play.asTenant') },
            { value: 'mask', label: t('detection:play.maskAll') },
          ]}
          onChange={onMode}
        />
      }
    >
      {hits.length === 0 ? (
        <p className="text-muted text-sm">
          {t(mode === 'tenant' ? 'detection:play.nothingTenant' : 'detection:play.nothingSensitive')}
        </p>
      ) : (
        <div className="flex flex-col gap-3">
          {blockedBy === null ? null : (
            <StatusBadge tone="block">
              {t('detection:play.blockedBy', { type: typeName(blockedBy) })}
            </StatusBadge>
          )}
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
            tabIndex={0}
            aria-label={t('detection:play.redacted')}
            className="max-h-72 overflow-y-auto rounded-md border bg-sunken px-2.5 py-1.5 text-xs leading-5"
          >
            <UntrustedText text={text} isMono isMultiline maxLength={8_000} />
          </section>
          <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
            {hits.map((hit) => (
              <li key={`${hit.path} ${hit.type} ${hit.action}`} className="text-muted text-xs">
                <span className="font-medium text-ink">{typeName(hit.type)}</span>
                {hit.count > 1 ? ` ×${hit.count}` : ''}
                {hit.path === '' ? null : (
                  <>
                    {' '}
                    <UntrustedText text={hit.path} isMono />
                  </>
                )}{' '}
                · {t(`parts:detection.action.${hit.action.toUpperCase() as SensitiveAction}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
