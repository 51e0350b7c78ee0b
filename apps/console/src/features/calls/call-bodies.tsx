import { Button } from '@sallyport/ui/button';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallBodiesDocument } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { indentJson } from '../../parts/read-schema.ts';

const shownCharacters = 20_000;

function Body({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <p className="mb-1 text-faint text-xs">{label}</p>
      <div className="max-h-80 overflow-auto rounded-md border bg-sunken p-2 text-xs">
        <UntrustedText text={indentJson(text)} isMono isMultiline maxLength={shownCharacters} />
      </div>
    </div>
  );
}

/** The bodies, where the tenant keeps them; asked for on a click, because reading them is recorded. */
export function CallBodies({ id }: { readonly id: string }) {
  const { t } = useTranslation('calls');
  const [isWanted, setWanted] = useState(false);
  const query = useQuery({
    ...gqlQuery(CallBodiesDocument, { id }, { touches: [] }),
    enabled: isWanted,
    gcTime: 0,
  });
  if (!isWanted) {
    return (
      <p className="flex flex-wrap items-center gap-3 text-muted text-sm">
        <Button size="sm" onClick={() => setWanted(true)}>
          {t('peek.showBodies')}
        </Button>
        {t('peek.bodiesNote')}
      </p>
    );
  }
  return (
    <QueryGate query={query}>
      {({ call }) => {
        const sent = call?.bodies?.arguments ?? null;
        const received = call?.bodies?.result ?? null;
        if (sent === null && received === null)
          return <p className="text-muted text-sm">{t('peek.noBodies')}</p>;
        return (
          <div className="flex flex-col gap-3">
            {sent === null ? null : <Body label={t('peek.arguments')} text={sent} />}
            {received === null ? null : <Body label={t('peek.result')} text={received} />}
          </div>
        );
      }}
    </QueryGate>
  );
}
