import './texts.ts';
import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AllowPrivateOriginDocument, PrivateOriginsDocument } from '../generated/graphql.ts';
import { useErrorText } from '../lib/error-text.ts';
import { gqlQuery, useGqlMutation } from '../lib/query.ts';
import { useViewer } from '../lib/viewer.ts';

export interface PrivateOriginNoteProps {
  /** `host:port`. */
  readonly origin: string;
  readonly onAllowed?: (() => void) | undefined;
}

function OperatorNote({ origin, onAllowed }: PrivateOriginNoteProps) {
  const { t } = useTranslation('parts');
  const words = useErrorText();
  const list = useQuery(gqlQuery(PrivateOriginsDocument, {}, { touches: ['tenant'] }));
  const allow = useGqlMutation(AllowPrivateOriginDocument, {
    changes: ['server', 'tenant'],
    onDone: () => {
      void list.refetch();
      onAllowed?.();
    },
  });
  const isAllowed = list.data?.privateOrigins.some((each) => each.origin === origin) ?? false;
  if (isAllowed) return <Callout tone="allow" title={t('private.allowed', { origin })} />;
  return (
    <Callout
      tone="hold"
      title={t('private.title', { origin })}
      action={
        <Button isPending={allow.isPending} onClick={() => allow.mutate({ origin })}>
          {t('private.allow', { origin })}
        </Button>
      }
    >
      {allow.error === null
        ? t('private.operator')
        : `${words(allow.error).title}. ${words(allow.error).next}`}
    </Callout>
  );
}

/** Says that an address is private; an operator allows it with one click, others learn whom to ask. */
export function PrivateOriginNote(props: PrivateOriginNoteProps) {
  const { t } = useTranslation('parts');
  const { isOperator } = useViewer();
  if (isOperator) return <OperatorNote {...props} />;
  return (
    <Callout tone="hold" title={t('private.title', { origin: props.origin })}>
      {t('private.member', { origin: props.origin })}
    </Callout>
  );
}
