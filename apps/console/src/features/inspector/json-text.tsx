import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { pretty } from './json-value.ts';
import { ScrollBox } from './scroll-box.tsx';

const maxShown = 100_000;

/** JSON from outside, to read. */
export function JsonText({ value, label }: { readonly value: unknown; readonly label: string }) {
  return (
    <ScrollBox label={label} className="max-h-96 rounded-lg border bg-sunken p-3 text-xs">
      <UntrustedText text={pretty(value)} isMono isMultiline maxLength={maxShown} />
    </ScrollBox>
  );
}
