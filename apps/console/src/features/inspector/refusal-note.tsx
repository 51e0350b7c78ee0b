import { errorTable } from '@sallyport/kernel';
import { Callout } from '@sallyport/ui/callout';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';

export interface RefusalNoteProps {
  readonly refusal: { readonly code: string | null; readonly text: string };
}

/** Who said no, and why: the gateway in its own words, or the tool in its. */
export function RefusalNote({ refusal }: RefusalNoteProps) {
  const { t } = useTranslation(['inspector', 'errors']);
  const { code, text } = refusal;
  if (code === null || !(code in errorTable)) {
    return (
      <Callout tone="hold" title={t('inspector:result.toolError')}>
        <UntrustedText text={text} isMultiline maxLength={4000} />
      </Callout>
    );
  }
  const known = code as keyof typeof errorTable;
  return (
    <Callout tone="block" title={t(`errors:${known}.title`)}>
      <p>{t(`errors:${known}.next`)}</p>
      <p className="mt-1 text-muted">
        <UntrustedText text={text} isMultiline maxLength={2000} />
      </p>
      <p className="mt-1 font-mono text-faint text-xs">{code}</p>
    </Callout>
  );
}
