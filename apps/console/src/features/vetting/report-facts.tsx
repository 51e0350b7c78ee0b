import { KeyValues } from '@sallyport/ui/key-values';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../lib/format.ts';
import type { Report } from './report-page.tsx';

/** What was seen of the network, the protocol and the scan itself. */
export function ReportFacts({ report }: { readonly report: Report }) {
  const { t } = useTranslation('vetting');
  return (
    <Section title={t('facts.title')}>
      <KeyValues
        items={[
          { id: 'at', label: t('facts.at'), value: formatDateTime(report.at) },
          ...report.facts.map((fact) => ({
            id: `fact-${fact.name}`,
            label: <UntrustedText text={fact.name} />,
            value: <UntrustedText text={fact.value} isMono maxLength={500} className="text-xs" />,
          })),
          {
            id: 'scanners',
            label: t('facts.scanners'),
            value: <UntrustedText text={report.scannerVersions.join(', ')} isMono className="text-xs" />,
          },
        ]}
      />
    </Section>
  );
}
