import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Section } from '@sallyport/ui/section';
import { Switch } from '@sallyport/ui/switch';
import { toast } from '@sallyport/ui/toast';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type DetectionViewFragment, SetDetectionExportConsentDocument } from '../../generated/graphql.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { formatDateTime } from '../../lib/format.ts';
import { downloadJson } from '../../lib/graphql-client.ts';
import { PermissionGate, usePermission } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { keepView, useSaveFault } from './use-detection.ts';

/** Verdicts as labelled rows, only after somebody of the tenant said that they may leave it. */
export function ExportSection({ consent }: { readonly consent: DetectionViewFragment['exportConsent'] }) {
  const { t } = useTranslation('detection');
  const client = useQueryClient();
  const canWrite = usePermission('settings.write');
  const onFault = useSaveFault();
  const allow = useGqlMutation(SetDetectionExportConsentDocument, {
    changes: [],
    onDone: (result) => keepView(client, result.setDetectionExportConsent),
  });
  const take = useMutation<void, ApiError>({
    mutationFn: () => downloadJson('/detection/export', 'sallyport-verdicts.jsonl'),
    onSuccess: () => toast({ tone: 'allow', title: t('export.taken') }),
    onError: onFault,
  });
  return (
    <Section title={t('export.title')} description={t('export.lead')}>
      <div className="flex flex-col gap-4">
        <Callout title={t('export.what')}>{t('export.whatNext')}</Callout>
        <Switch
          checked={consent !== null}
          disabled={!canWrite || allow.isPending}
          label={t('export.consent')}
          hint={
            consent === null ? (
              t('export.consentHint')
            ) : (
              <UntrustedText
                text={t('export.given', { name: consent.by, time: formatDateTime(consent.at) })}
              />
            )
          }
          onChange={(isAllowed) => allow.mutate({ isAllowed }, { onError: onFault })}
        />
        <span>
          <PermissionGate need="settings.write">
            <Button
              icon={<Download className="size-4" aria-hidden="true" />}
              disabled={consent === null}
              isPending={take.isPending}
              onClick={() => take.mutate()}
            >
              {t('export.take')}
            </Button>
          </PermissionGate>
        </span>
      </div>
    </Section>
  );
}
