import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskElicitation } from './ask-elicitation.tsx';
import { AskRoots, AskSampling } from './ask-others.tsx';
import type { Json } from './json-value.ts';
import type { Ask } from './run-state.ts';

export interface AskFormProps {
  readonly asks: readonly Ask[];
  readonly onAnswer: (responses: Json) => void;
}

/** What the server wants to know before it goes on; sent when every question has its answer. */
export function AskForm({ asks, onAnswer }: AskFormProps) {
  const { t } = useTranslation('inspector');
  const [answers, setAnswers] = useState<Readonly<Record<string, Json>>>({});
  const left = asks.filter(({ key }) => answers[key] === undefined);
  function take(key: string, answer: Json) {
    const next = { ...answers, [key]: answer };
    setAnswers(next);
    if (asks.every((ask) => next[ask.key] !== undefined)) onAnswer(next);
  }
  return (
    <Callout tone="hold" title={t('ask.title', { count: asks.length })}>
      <div className="mt-2 flex flex-col gap-4">
        <p className="text-muted text-sm">{t('ask.lead')}</p>
        {left.map((ask) => (
          <OneAsk key={ask.key} ask={ask} onAnswer={(answer) => take(ask.key, answer)} />
        ))}
        {asks.length === 0 ? <Button onClick={() => onAnswer({})}>{t('ask.goOn')}</Button> : null}
      </div>
    </Callout>
  );
}

export interface OneAskProps {
  readonly ask: Ask;
  readonly onAnswer: (answer: Json) => void;
}

function OneAsk({ ask, onAnswer }: OneAskProps) {
  const { t } = useTranslation('inspector');
  switch (ask.method) {
    case 'elicitation/create':
      return <AskElicitation ask={ask} onAnswer={onAnswer} />;
    case 'sampling/createMessage':
      return <AskSampling ask={ask} onAnswer={onAnswer} />;
    case 'roots/list':
      return <AskRoots ask={ask} onAnswer={onAnswer} />;
    default:
      return <p className="text-block text-sm">{t('ask.unknown', { method: ask.method })}</p>;
  }
}
