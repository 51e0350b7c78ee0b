import { Section } from '@sallyport/ui/section';
import { useTranslation } from 'react-i18next';

const entries = [
  { code: 'principal in Role::"support"', text: 'role' },
  { code: 'action == Action::"call"', text: 'action' },
  { code: 'resource == Tool::"crm__refund"', text: 'tool' },
  { code: 'resource in Server::"crm"', text: 'server' },
  { code: 'context.args.amount > 100', text: 'args' },
  { code: 'context.endpoint == "main"', text: 'endpoint' },
  { code: '@reason("…")', text: 'reason' },
] as const;

/** The names a policy may use, in the order one reads a rule. */
export function Vocabulary() {
  const { t } = useTranslation('policies');
  return (
    <Section title={t('words.title')} description={t('words.lead')} className="self-start">
      <dl className="flex flex-col gap-3">
        {entries.map((entry) => (
          <div key={entry.text}>
            <dt>
              <code className="break-words rounded-sm bg-sunken px-1 py-0.5 font-mono text-xs">
                {entry.code}
              </code>
            </dt>
            <dd className="mt-1 text-muted text-xs">{t(`words.${entry.text}`)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
