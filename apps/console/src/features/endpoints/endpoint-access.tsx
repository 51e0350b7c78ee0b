import { buttonClass } from '@sallyport/ui/button';
import { CopyButton } from '@sallyport/ui/copy-button';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import { Cable } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { EndpointDetailFragment } from '../../generated/graphql.ts';

const shownKeys = 6;

/** Where agents connect, how, and which keys work nowhere else. */
export function EndpointAccess({ endpoint }: { readonly endpoint: EndpointDetailFragment }) {
  const { t } = useTranslation(['endpoints', 'common']);
  const { url, keys } = endpoint;
  return (
    <section
      aria-label={t('endpoints:access.title')}
      className="flex flex-wrap items-center gap-x-6 gap-y-2 rounded-lg border bg-surface px-4 py-2.5 text-sm"
    >
      <span className="flex min-w-0 items-center gap-1.5">
        <code className="min-w-0 break-all font-mono text-xs">{url}</code>
        <CopyButton
          text={url}
          label={t('endpoints:access.copy')}
          copiedLabel={t('common:copied')}
          isCompact
        />
      </span>
      <span className="min-w-0 flex-1 text-muted text-xs">
        {keys.length === 0
          ? t('endpoints:access.noKeys')
          : `${t('endpoints:access.keys', { count: keys.length })} `}
        {keys.slice(0, shownKeys).map((key, index) => (
          <span key={key.id}>
            {index === 0 ? '' : ', '}
            <Link
              to="/agents/$agentId"
              params={{ agentId: key.agent.id }}
              className="text-accent hover:underline"
            >
              <UntrustedText text={`${key.name} · ${key.agent.name}`} />
            </Link>
          </span>
        ))}
        {keys.length > shownKeys
          ? ` ${t('endpoints:access.more', { count: keys.length - shownKeys })}`
          : null}
      </span>
      <Link to="/connect" search={{ endpoint: endpoint.id }} className={buttonClass('secondary', 'sm')}>
        <Cable className="size-3.5" aria-hidden="true" />
        {t('endpoints:access.connect')}
      </Link>
    </section>
  );
}
