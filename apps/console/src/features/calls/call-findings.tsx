import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import { SeverityBadge } from '../../parts/badges.tsx';
import type { CallDetail } from './call-peek.tsx';

/** What inspection saw, where, and the stretch of text itself. */
export function CallFindings({ findings }: { readonly findings: CallDetail['findings'] }) {
  const { t } = useTranslation('calls');
  if (findings.length === 0) return <p className="text-muted text-sm">{t('peek.noFindings')}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {findings.map((finding) => (
        <li key={`${finding.code}-${finding.path}-${finding.start ?? 0}`} className="text-sm">
          <p className="flex flex-wrap items-center gap-2">
            <SeverityBadge severity={finding.severity} />
            <span className="font-medium">
              <UntrustedText text={finding.title} />
            </span>
            <span className="text-faint text-xs">
              <UntrustedText
                text={t('peek.surface', { surface: finding.surface, path: finding.path || '/' })}
              />
            </span>
          </p>
          <p className="mt-1 rounded-md border bg-sunken px-2 py-1 text-xs">
            <UntrustedText text={finding.excerpt} isMono isMultiline maxLength={600} />
          </p>
        </li>
      ))}
    </ul>
  );
}
