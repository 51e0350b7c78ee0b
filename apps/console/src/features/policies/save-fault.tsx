import { Callout } from '@sallyport/ui/callout';
import type { ApiError } from '../../lib/api-error.ts';
import { useErrorText } from '../../lib/error-text.ts';

/** Why a save was refused. */
export function SaveFault({ error }: { readonly error: ApiError }) {
  const words = useErrorText()(error);
  return (
    <Callout tone="block" title={words.title}>
      {words.next} {words.incident}
    </Callout>
  );
}
