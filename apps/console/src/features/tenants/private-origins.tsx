import { Button } from '@sallyport/ui/button';
import { EmptyState } from '@sallyport/ui/empty-state';
import { Input } from '@sallyport/ui/input';
import { Section } from '@sallyport/ui/section';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AllowOriginDocument, RemoveOriginDocument, type TenantsPageQuery } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useGqlMutation } from '../../lib/query.ts';

type Origin = TenantsPageQuery['privateOrigins'][number];

function Row({ origin }: { readonly origin: Origin }) {
  const { t } = useTranslation('tenants');
  const remove = useGqlMutation(RemoveOriginDocument, { changes: ['tenant', 'server'] });
  return (
    <li className="flex items-center gap-3 px-4 py-2 text-sm">
      <code className="min-w-0 flex-1 truncate font-mono">{origin.origin}</code>
      <span className="text-faint text-xs">
        {t(origin.source === 'seed' ? 'origins.SEED' : 'origins.OPERATOR')}
      </span>
      <Button size="sm" isPending={remove.isPending} onClick={() => remove.mutate({ origin: origin.origin })}>
        {t('origins.remove')}
      </Button>
    </li>
  );
}

/** The operator's list: the only private addresses that an upstream may have. */
export function PrivateOrigins({ origins }: { readonly origins: readonly Origin[] }) {
  const { t } = useTranslation('tenants');
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const allow = useGqlMutation(AllowOriginDocument, {
    changes: ['tenant', 'server'],
    onDone: () => setText(''),
  });
  return (
    <Section title={t('origins.title')} description={t('origins.lead')} isFlush>
      {origins.length === 0 ? (
        <EmptyState title={t('origins.empty')} className="py-8" />
      ) : (
        <ul className="divide-y">
          {origins.map((origin) => (
            <Row key={origin.origin} origin={origin} />
          ))}
        </ul>
      )}
      <form
        className="flex flex-wrap items-center gap-2 border-t px-4 py-3"
        onSubmit={(event) => {
          event.preventDefault();
          allow.mutate({ origin: text.trim() });
        }}
      >
        <Input
          aria-label={t('origins.label')}
          placeholder="10.0.0.5:8080"
          className="max-w-72 font-mono"
          value={text}
          maxLength={260}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={text.trim() === ''} isPending={allow.isPending}>
          {t('origins.add')}
        </Button>
        {allow.error ? (
          <p role="alert" className="text-block text-xs">
            {errorText(allow.error).title}
          </p>
        ) : null}
      </form>
    </Section>
  );
}
