import { Button, buttonClass } from '@sallyport/ui/button';
import { EmptyState } from '@sallyport/ui/empty-state';
import { ErrorState } from '@sallyport/ui/error-state';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../lib/api-error.ts';
import { QueryError } from '../lib/data-states.tsx';

/** A page that threw: said plainly, the rest of the console stays. */
export function CrashPage({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const { t } = useTranslation();
  if (error instanceof ApiError) return <QueryError error={error} onRetry={reset} />;
  return (
    <div className="grid min-h-80 place-items-center">
      <div>
        <ErrorState title={t('crashTitle')} description={t('crashNext')} />
        <div className="flex justify-center">
          <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
        </div>
      </div>
    </div>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      className="min-h-80 justify-center"
      title={t('notFoundTitle')}
      action={
        <Link to="/" className={buttonClass()}>
          {t('notFoundNext')}
        </Link>
      }
    />
  );
}
