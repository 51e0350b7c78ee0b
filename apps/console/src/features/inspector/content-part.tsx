import { Button } from '@sallyport/ui/button';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../lib/format.ts';
import { JsonText } from './json-text.tsx';
import { asObject, asText, type Json } from './json-value.ts';
import { ScrollBox } from './scroll-box.tsx';

const maxText = 100_000;
/** Pictures that hold nothing but pixels; SVG is a document and stays text. */
const pictureTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const base64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** One part of a result. Everything is text, HTML included; a picture is drawn when asked for. */
export function ContentPart({ part }: { readonly part: Json }) {
  const { t } = useTranslation('inspector');
  const text = asText(part.text);
  switch (part.type) {
    case 'text':
      return <TextBox text={text ?? ''} label={t('result.text')} />;
    case 'image':
    case 'audio':
      return <Binary data={asText(part.data) ?? ''} mimeType={asText(part.mimeType) ?? ''} />;
    case 'resource':
      return <Resource resource={asObject(part.resource) ?? {}} />;
    case 'resource_link':
      return (
        <p className="text-sm">
          {t('result.link')} <UntrustedText text={asText(part.uri) ?? ''} isMono maxLength={2000} />
        </p>
      );
    default:
      return <JsonText value={part} label={t('result.other')} />;
  }
}

function TextBox({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <ScrollBox label={label} className="max-h-96 rounded-lg border bg-sunken p-3 text-sm">
      <UntrustedText text={text} isMultiline maxLength={maxText} />
    </ScrollBox>
  );
}

function Resource({ resource }: { readonly resource: Json }) {
  const { t } = useTranslation('inspector');
  const uri = asText(resource.uri) ?? '';
  const mimeType = asText(resource.mimeType) ?? '';
  const blob = asText(resource.blob);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <p className="flex flex-wrap gap-x-3 text-xs">
        <UntrustedText text={uri} isMono maxLength={500} />
        <UntrustedText text={mimeType} isMono className="text-faint" maxLength={100} />
      </p>
      {mimeType.includes('html') ? <p className="text-hold text-xs">{t('result.html')}</p> : null}
      {blob === null ? (
        <TextBox text={asText(resource.text) ?? ''} label={t('result.text')} />
      ) : (
        <Binary data={blob} mimeType={mimeType} />
      )}
    </div>
  );
}

function Binary({ data, mimeType }: { readonly data: string; readonly mimeType: string }) {
  const { t } = useTranslation('inspector');
  const [isShown, setShown] = useState(false);
  const isPicture = pictureTypes.has(mimeType) && base64.test(data);
  const size = formatBytes(Math.floor((data.length * 3) / 4));
  if (isPicture && isShown) {
    return (
      <img
        src={`data:${mimeType};base64,${data}`}
        alt={t('result.imageAlt')}
        className="max-h-96 max-w-full self-start rounded-lg border"
      />
    );
  }
  return (
    <p className="flex flex-wrap items-center gap-3 text-sm">
      <span>
        <UntrustedText text={mimeType || '–'} isMono maxLength={100} />, {size}
      </span>
      {isPicture ? (
        <Button size="sm" onClick={() => setShown(true)}>
          {t('result.showImage')}
        </Button>
      ) : null}
    </p>
  );
}
