import { errorTable } from '@sallyport/kernel';
import { BarList } from '@sallyport/ui/bar-list';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../lib/format.ts';
import type { Overview } from './overview-page.tsx';

/** Why calls were stopped, most frequent first. */
export function DenyReasons({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation(['overview', 'errors']);
  const navigate = useNavigate();
  return (
    <Section title={t('overview:denies.title')}>
      {overview.deniesByCode.length === 0 ? (
        <p className="text-muted text-sm">{t('overview:denies.empty')}</p>
      ) : (
        <BarList
          tone="block"
          items={overview.deniesByCode.map(({ name, count }) => ({
            id: name,
            label:
              name in errorTable ? (
                t(`errors:${name as keyof typeof errorTable}.title`)
              ) : (
                <UntrustedText text={name} />
              ),
            value: count,
            shown: formatCount(count),
            onSelect: () => void navigate({ to: '/calls', search: { code: [name] } }),
          }))}
        />
      )}
    </Section>
  );
}

/** Which tools are called most. */
export function TopTools({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation('overview');
  const navigate = useNavigate();
  return (
    <Section title={t('tools.title')}>
      {overview.topTools.length === 0 ? (
        <p className="text-muted text-sm">{t('tools.empty')}</p>
      ) : (
        <BarList
          items={overview.topTools.map(({ name, count }) => ({
            id: name,
            label: <UntrustedText text={name} isMono className="text-xs" />,
            value: count,
            shown: formatCount(count),
            onSelect: () => void navigate({ to: '/calls', search: { tool: name } }),
          }))}
        />
      )}
    </Section>
  );
}
