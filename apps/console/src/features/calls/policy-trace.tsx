import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CallPolicyNamesDocument } from '../../generated/graphql.ts';
import { gqlQuery } from '../../lib/query.ts';
import type { CallDetail } from './call-peek.tsx';

const tagClass = 'inline-flex min-h-6 items-center rounded-sm border bg-sunken px-1.5 text-xs';

/** The policies that decided, by their name today; one that is gone keeps its id. */
export function PolicyTrace({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation('calls');
  const policies = useQuery(gqlQuery(CallPolicyNamesDocument, {}, { touches: ['policy'] })).data?.policies;
  if (call.policyIds.length === 0 && call.policyReason === null) {
    return <p className="text-muted text-sm">{t('peek.noPolicy')}</p>;
  }
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      {call.policyReason === null ? null : <UntrustedText text={call.policyReason} />}
      <ul className="flex flex-wrap gap-1.5">
        {call.policyIds.map((id) => {
          const policy = policies?.find((each) => each.id === id);
          return (
            <li key={id}>
              {policy === undefined ? (
                <UntrustedText text={id} isMono className={tagClass} />
              ) : (
                <Link
                  to="/policies/$policyId"
                  params={{ policyId: id }}
                  className={`${tagClass} hover:bg-hover`}
                >
                  <UntrustedText text={policy.name} />
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
