import { Section } from '@sallyport/ui/section';
import { useTranslation } from 'react-i18next';
import { QueryGate } from '../../lib/data-states.tsx';
import { UpstreamFacts } from '../../parts/upstream-facts.tsx';
import { useUpstreamHealth } from '../../parts/use-upstream-health.ts';

/** Whether the server answers, as the workers find it. */
export function HealthSection({ serverId }: { readonly serverId: string }) {
  const { t } = useTranslation('parts');
  const query = useUpstreamHealth();
  return (
    <Section title={t('upstream.title')} description={t('upstream.lead')}>
      <QueryGate query={query}>
        {({ upstreamHealth }) => {
          const health = upstreamHealth.find(({ server }) => server.id === serverId);
          if (health === undefined || health.workers.length === 0) {
            return <p className="text-muted text-sm">{t('upstream.unknown')}</p>;
          }
          return <UpstreamFacts health={health} />;
        }}
      </QueryGate>
    </Section>
  );
}
