import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Catalog and server, above the title. */
export function ServerTrail({ server }: { readonly server: { readonly id: string; readonly name: string } }) {
  const { t } = useTranslation('vetting');
  return (
    <>
      <Link to="/catalog" className="hover:text-ink hover:underline">
        {t('catalog')}
      </Link>
      <ChevronRight className="size-3" aria-hidden="true" />
      <Link
        to="/catalog/$serverId"
        params={{ serverId: server.id }}
        className="hover:text-ink hover:underline"
      >
        <UntrustedText text={server.name} />
      </Link>
      <ChevronRight className="size-3" aria-hidden="true" />
    </>
  );
}
