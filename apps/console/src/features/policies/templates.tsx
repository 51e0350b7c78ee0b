import { buttonClass } from '@sallyport/ui/button';
import { Section } from '@sallyport/ui/section';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PolicyTemplatesDocument } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { usePermission } from '../../lib/permission-gate.tsx';
import { gqlQuery } from '../../lib/query.ts';

/** The texts to start from; they come with the server and do not change while it runs. */
export const templatesQuery = gqlQuery(
  PolicyTemplatesDocument,
  {},
  { touches: [], staleTimeMs: Number.POSITIVE_INFINITY },
);

/** Texts to start from; nothing is stored before it is saved. */
export function Templates() {
  const { t } = useTranslation('policies');
  const canWrite = usePermission('policies.write');
  const query = useQuery(templatesQuery);
  return (
    <Section title={t('templates.title')} description={t('templates.lead')}>
      <QueryGate query={query}>
        {({ policyTemplates }) => (
          <ul className="grid grid-cols-1 gap-3 md:grid-cols-3">
            {policyTemplates.map((template) => (
              <li key={template.id} className="flex min-w-0 flex-col gap-2 rounded-lg border p-3">
                <h3 className="font-medium text-sm">{template.title}</h3>
                <p className="text-muted text-sm">{template.description}</p>
                <pre
                  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
                  tabIndex={0}
                  className="flex-1 overflow-x-auto rounded-md bg-sunken p-2.5 font-mono text-xs leading-5"
                >
                  {template.text}
                </pre>
                {canWrite ? (
                  <Link
                    to="/policies/new"
                    search={{ template: template.id }}
                    className={`${buttonClass('secondary', 'sm')} self-start`}
                  >
                    {t('templates.use')}
                  </Link>
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </QueryGate>
    </Section>
  );
}
