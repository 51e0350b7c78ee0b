import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ServerBadge } from '../../parts/badges.tsx';
import type { Overview } from './overview-page.tsx';

const shown = 8;

/** The servers and where each stands. */
export function ServerHealth({ servers }: { readonly servers: Overview['servers'] }) {
  const { t } = useTranslation('overview');
  return (
    <Section
      title={t('servers.title')}
      isFlush
      aside={
        <Link to="/catalog" className="text-accent hover:underline">
          {t('servers.all')}
        </Link>
      }
    >
      {servers.length === 0 ? <p className="p-4 text-muted text-sm">{t('servers.empty')}</p> : null}
      <ul>
        {servers.slice(0, shown).map((server) => (
          <li key={server.id} className="border-b last:border-b-0">
            <Link
              to="/catalog/$serverId"
              params={{ serverId: server.id }}
              className="flex min-h-9 items-center justify-between gap-3 px-4 py-1.5 text-sm outline-offset-[-2px] hover:bg-hover"
            >
              <span className="min-w-0 truncate">
                <UntrustedText text={server.name} />
                <span className="ms-2 text-faint text-xs">
                  {t('servers.tools', { count: server.toolCount })}
                </span>
              </span>
              <ServerBadge state={server.state} hasDrift={server.hasDrift} isPlain />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
