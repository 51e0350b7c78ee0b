import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { toApiError } from './api-error.ts';

export interface ErrorText {
  readonly title: string;
  readonly next: string;
  readonly incident: string | null;
}

/** The words for a failed request: what happened, what to do, and the incident to quote. */
export function useErrorText(): (error: unknown) => ErrorText {
  const { t } = useTranslation(['errors', 'common']);
  return (error) => errorText(t, error);
}

function errorText(t: TFunction<['errors', 'common']>, error: unknown): ErrorText {
  const fault = toApiError(error);
  return {
    title: t(`errors:${fault.code}.title`),
    next: t(`errors:${fault.code}.next`),
    incident: fault.incidentId === null ? null : t('common:incident', { id: fault.incidentId }),
  };
}
