import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Report } from './report-page.tsx';

/** What was looked at, failed ones first; passing is said as plainly as failing. */
export function Checks({ checks }: { readonly checks: Report['checks'] }) {
  const { t } = useTranslation('vetting');
  const sorted = [...checks].sort((a, b) => Number(a.passed) - Number(b.passed));
  const passed = checks.filter((check) => check.passed).length;
  return (
    <Section
      title={t('checks.title')}
      aside={<span className="tabular-nums">{t('checks.passed', { passed, total: checks.length })}</span>}
      isFlush
    >
      <ul className="divide-y">
        {sorted.map((check) => (
          <li key={check.name} className="flex items-start gap-2.5 px-4 py-2 text-sm">
            {check.passed ? (
              <Check className="mt-0.5 size-4 shrink-0 text-allow" aria-label={t('checks.ok')} />
            ) : (
              <X className="mt-0.5 size-4 shrink-0 text-block" aria-label={t('checks.failed')} />
            )}
            <span className="min-w-0 flex-1">
              <UntrustedText text={check.name} className={check.passed ? undefined : 'font-medium'} />
              <span className="block text-faint text-xs">
                <UntrustedText text={check.detail} maxLength={400} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
