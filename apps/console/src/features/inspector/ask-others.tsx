import { Button } from '@sallyport/ui/button';
import { Field } from '@sallyport/ui/field';
import { Textarea } from '@sallyport/ui/textarea';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OneAskProps } from './ask-form.tsx';
import { JsonText } from './json-text.tsx';

interface TextAskProps {
  readonly title: string;
  readonly hint: string;
  readonly start: string;
  readonly shown?: unknown;
  readonly onText: (text: string) => void;
}

function TextAsk({ title, hint, start, shown, onText }: TextAskProps) {
  const { t } = useTranslation('inspector');
  const [text, setText] = useState(start);
  function submit(event: FormEvent) {
    event.preventDefault();
    onText(text);
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 rounded-lg border bg-surface p-3">
      {shown === undefined ? null : <JsonText value={shown} label={t('ask.sampling')} />}
      <Field label={title} hint={hint}>
        <Textarea value={text} rows={3} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary" className="self-start">
        {t('ask.send')}
      </Button>
    </form>
  );
}

/** The server wants a model's answer; here a person writes it. */
export function AskSampling({ ask, onAnswer }: OneAskProps) {
  const { t } = useTranslation('inspector');
  return (
    <TextAsk
      title={t('ask.sampling')}
      hint={t('ask.samplingHint')}
      start=""
      shown={ask.params}
      onText={(text) =>
        onAnswer({
          role: 'assistant',
          content: { type: 'text', text },
          model: 'sallyport-inspector',
          stopReason: 'endTurn',
        })
      }
    />
  );
}

/** The server wants to know which folders it may work in. */
export function AskRoots({ onAnswer }: OneAskProps) {
  const { t } = useTranslation('inspector');
  return (
    <TextAsk
      title={t('ask.roots')}
      hint={t('ask.rootsHint')}
      start="file:///workspace"
      onText={(text) => {
        const uris = text.split('\n').map((line) => line.trim());
        onAnswer({ roots: uris.filter((uri) => uri !== '').map((uri) => ({ uri })) });
      }}
    />
  );
}
