import { createTokenStore } from '@sallyport/bus';
import type { Detector } from '@sallyport/detection';
import { createHandleSealer } from '@sallyport/vault';
import { createExternalTier, type ExternalTierDeps } from './external/external-tier.ts';
import { createInspector, type Inspector } from './inspector.ts';
import { createTokenBooks } from './token-books.ts';

interface OpenInspection extends ExternalTierDeps {
  readonly workerId: string;
  /** Without one, what would become a token is masked. */
  readonly redisUrl?: string | undefined;
  readonly sessionHandleKey: string;
  readonly detector: Detector;
}

/** What looks at calls, the tokens it gives out, and the tenants' classifiers that it asks in doubt. */
export function openInspection(input: OpenInspection): {
  readonly inspector: Inspector;
  closeInspection(): void;
} {
  const { redisUrl: url, workerId: name, detector, nowMs } = input;
  const sealer = createHandleSealer(input.sessionHandleKey);
  // That Redis is away is said by what keeps the sessions.
  const onError = (): void => {};
  const store = url === undefined ? undefined : createTokenStore({ url, name, sealer, onError });
  const books = createTokenBooks({ store, nowMs });
  const deeper = createExternalTier(input);
  return {
    inspector: createInspector({ detector, books, deeper }),
    closeInspection: () => store?.close(),
  };
}
