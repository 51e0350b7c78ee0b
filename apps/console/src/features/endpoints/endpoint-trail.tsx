import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** The list, above the title. */
export function EndpointTrail() {
  const { t } = useTranslation('endpoints');
  return (
    <>
      <Link to="/endpoints" className="hover:text-ink hover:underline">
        {t('title')}
      </Link>
      <ChevronRight className="size-3" aria-hidden="true" />
    </>
  );
}
