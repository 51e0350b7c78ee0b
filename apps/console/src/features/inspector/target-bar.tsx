import { Field } from '@sallyport/ui/field';
import { Select } from '@sallyport/ui/select';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import type { InspectorPageQuery } from '../../generated/graphql.ts';
import type { Target } from './send-message.ts';

export interface TargetBarProps {
  readonly endpoints: InspectorPageQuery['endpoints'];
  readonly agents: InspectorPageQuery['agents']['nodes'];
  readonly target: Target;
  readonly onEndpoint: (id: string) => void;
  readonly onAgent: (id: string) => void;
}

/** Where, and as whom. */
export function TargetBar({ endpoints, agents, target, onEndpoint, onAgent }: TargetBarProps) {
  const { t } = useTranslation('inspector');
  const toOption = ({ id, name }: { readonly id: string; readonly name: string }) => ({
    value: id,
    label: <UntrustedText text={name} />,
  });
  return (
    <div className="grid grid-cols-1 gap-3 rounded-lg border bg-surface p-4 sm:grid-cols-2 lg:grid-cols-[18rem_18rem_minmax(0,1fr)]">
      <Field label={t('endpoint')}>
        <Select value={target.endpointId} options={endpoints.map(toOption)} onChange={onEndpoint} />
      </Field>
      <Field label={t('agent')}>
        <Select value={target.agentId} options={agents.map(toOption)} onChange={onAgent} />
      </Field>
      <p className="max-w-[60ch] self-end text-faint text-xs sm:col-span-2 lg:col-span-1">{t('asAgent')}</p>
    </div>
  );
}
