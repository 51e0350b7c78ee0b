import { createTokenStore } from '@sallyport/bus';
import type { Detector } from '@sallyport/detection';
import { createHandleSealer } from '@sallyport/vault';
import { type Deeper, noDeeper } from './deeper.ts';
import { createInspector, type Inspector } from './inspector.ts';
import { createTokenBooks } from './token-books.ts';

/** What looks at calls, and the tokens it gives out. */
export function openInspection(input: {
  readonly workerId: string;
  /** Without one, what would become a token is masked. */
  readonly redisUrl?: string | undefined;
  readonly sessionHandleKey: string;
  readonly detector: Detector;
  readonly deeper?: Deeper;
}): { readonly inspector: Inspector; closeInspection(): void } {
  const { redisUrl: url, workerId: name, detector, deeper = noDeeper } = input;
  const sealer = createHandleSealer(input.sessionHandleKey);
  // That Redis is away is said by what keeps the sessions.
  const onError = (): void => {};
  const store = url === undefined ? undefined : createTokenStore({ url, name, sealer, onError });
  const books = createTokenBooks({ store, nowMs: Date.now });
  return {
    inspector: createInspector({ detector, books, deeper }),
    closeInspection() {
      store?.close();
      void deeper.close();
    },
  };
}
