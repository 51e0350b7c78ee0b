import { errorTable } from '@sallyport/kernel';
import { Button } from '@sallyport/ui/button';
import { Field } from '@sallyport/ui/field';
import { Select } from '@sallyport/ui/select';
import { Textarea } from '@sallyport/ui/textarea';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  FirstRunToolsDocument,
  SendTestCallDocument,
  type SendTestCallMutation,
} from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { gqlQuery, useGqlMutation } from '../../lib/query.ts';
import { sampleArguments } from './sample-arguments.ts';

function parse(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** One call through the real data plane, for those whose client is not at hand. */
export function TestCall({ agentId, serverId }: { readonly agentId: string; readonly serverId: string }) {
  const { t } = useTranslation('firstRun');
  const words = useErrorText();
  const query = useQuery(gqlQuery(FirstRunToolsDocument, { id: serverId }, { touches: ['server'] }));
  const tools = query.data?.server?.tools.filter((tool) => tool.state === 'APPROVED') ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [edited, setEdited] = useState<string | null>(null);
  const send = useGqlMutation(SendTestCallDocument, { changes: ['call', 'agent'] });
  const tool = tools.find((each) => each.exposedName === chosen) ?? tools[0];
  if (tool === undefined) return null;
  const text = edited ?? sampleArguments(tool.definition);
  const args = parse(text);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (tool !== undefined && args.ok)
      send.mutate({ agentId, tool: tool.exposedName, arguments: args.value });
  }

  return (
    <details className="rounded-lg border bg-surface p-4">
      <summary className="cursor-pointer font-medium text-sm">{t('call.test')}</summary>
      <form onSubmit={onSubmit} className="mt-3 flex flex-col gap-3">
        <p className="text-muted text-sm">{t('call.testLead')}</p>
        <Field label={t('call.tool')}>
          <Select
            value={tool.exposedName}
            options={tools.map((each) => ({ value: each.exposedName, label: each.exposedName }))}
            onChange={(name) => {
              setChosen(name);
              setEdited(null);
            }}
            className="font-mono"
          />
        </Field>
        <Field label={t('call.arguments')} error={args.ok ? undefined : t('call.argumentsInvalid')}>
          <Textarea
            value={text}
            rows={4}
            spellCheck={false}
            className="font-mono text-xs!"
            onChange={(event) => setEdited(event.target.value)}
          />
        </Field>
        <Button type="submit" className="self-start" disabled={!args.ok} isPending={send.isPending}>
          {t('call.send')}
        </Button>
        {send.error === null ? null : (
          <p role="alert" className="text-block text-sm">
            {words(send.error).title}. {words(send.error).next}
          </p>
        )}
        {send.data === undefined ? null : <Result result={send.data.sendTestCall} />}
      </form>
    </details>
  );
}

function Result({ result }: { readonly result: SendTestCallMutation['sendTestCall'] }) {
  const { t } = useTranslation(['firstRun', 'errors']);
  const { errorCode } = result;
  const reason =
    errorCode !== null && errorCode in errorTable
      ? t(`errors:${errorCode as keyof typeof errorTable}.title`)
      : (errorCode ?? '');
  return (
    <div className="text-sm">
      <p className={result.ok ? 'text-allow' : 'text-block'}>
        {result.ok ? t('firstRun:call.result') : t('firstRun:call.refused', { reason })}
      </p>
      {result.text === null ? null : (
        <p className="mt-1 max-h-48 overflow-auto rounded-md border bg-sunken p-2 text-xs">
          <UntrustedText text={result.text} isMono isMultiline maxLength={4000} />
        </p>
      )}
    </div>
  );
}
