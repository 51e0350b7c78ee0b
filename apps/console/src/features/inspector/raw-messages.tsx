import { CopyButton } from '@sallyport/ui/copy-button';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatClockSeconds } from '../../lib/format.ts';
import { pretty } from './json-value.ts';
import type { RunMessage } from './run-state.ts';
import { ScrollBox } from './scroll-box.tsx';

/** What was said on the wire, message by message. The gateway adds `_meta` and headers of its own on the way out. */
export function RawMessages({ messages }: { readonly messages: readonly RunMessage[] }) {
  const { t } = useTranslation(['inspector', 'common']);
  return (
    <details className="rounded-lg border">
      <summary className="cursor-pointer px-3 py-2 text-muted text-sm">
        {t('inspector:raw.title', { count: messages.length })}
      </summary>
      <ol className="flex flex-col border-t">
        {messages.map((message, index) => (
          <li key={index} className="relative border-b px-3 py-2 last:border-b-0">
            <p className="mb-1 flex items-center gap-1.5 text-faint text-xs">
              {message.direction === 'out' ? (
                <ArrowUpRight className="size-3.5" aria-hidden="true" />
              ) : (
                <ArrowDownLeft className="size-3.5" aria-hidden="true" />
              )}
              {t(`inspector:raw.${message.direction}`)} {formatClockSeconds(message.at)}
            </p>
            <ScrollBox label={t(`inspector:raw.${message.direction}`)} className="max-h-72 text-xs">
              <UntrustedText text={pretty(message.value)} isMono isMultiline maxLength={50_000} />
            </ScrollBox>
            <CopyButton
              className="absolute end-2 top-2"
              text={() => pretty(message.value)}
              label={t('common:copy')}
              copiedLabel={t('common:copied')}
            />
          </li>
        ))}
      </ol>
    </details>
  );
}
