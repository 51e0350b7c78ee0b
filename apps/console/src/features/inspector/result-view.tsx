import { Badge } from '@sallyport/ui/badge';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ContentPart } from './content-part.tsx';
import { JsonText } from './json-text.tsx';
import { asObject, asText, type Json, objectsOf, pretty } from './json-value.ts';

function Part({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h3 className="font-medium text-muted text-xs">{title}</h3>
      {children}
    </div>
  );
}

/** A result as people read it: texts, images, structured data, messages of a prompt, contents of a resource. */
export function ResultView({ result }: { readonly result: Json }) {
  const { t } = useTranslation('inspector');
  const content = objectsOf(result.content);
  const messages = objectsOf(result.messages);
  const contents = objectsOf(result.contents);
  const { structuredContent } = result;
  const isEmpty = content.length + messages.length + contents.length === 0 && structuredContent === undefined;
  return (
    <>
      {content.map((part, index) => (
        <ContentPart key={keyOf(part, index)} part={part} />
      ))}
      {messages.map((message, index) => (
        <Part key={keyOf(message, index)} title={<Badge>{asText(message.role) ?? '–'}</Badge>}>
          <ContentPart part={asObject(message.content) ?? { type: 'text', text: pretty(message.content) }} />
        </Part>
      ))}
      {contents.map((resource, index) => (
        <ContentPart key={keyOf(resource, index)} part={{ type: 'resource', resource }} />
      ))}
      {structuredContent === undefined ? null : (
        <Part title={t('result.structured')}>
          <JsonText value={structuredContent} label={t('result.structured')} />
        </Part>
      )}
      {isEmpty ? <p className="text-muted text-sm">{t('result.empty')}</p> : null}
    </>
  );
}

/** Parts of a result have no names and never change their order. */
function keyOf(part: Json, index: number): string {
  return `${index} ${asText(part.type) ?? asText(part.uri) ?? ''}`;
}
