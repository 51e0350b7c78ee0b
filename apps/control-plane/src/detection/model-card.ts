import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What this build carries of the model. */
export interface ShippedModel {
  readonly isThere: boolean;
  /** The card as it was evaluated; null where there is none. */
  readonly card: unknown;
}

let shipped: ShippedModel | undefined;

/** Read once: it changes only with a release. */
export function shippedModel(): ShippedModel {
  shipped ??= readShipped();
  return shipped;
}

function readShipped(): ShippedModel {
  const model = import.meta.resolve('@sallyport/detection/model');
  return { isThere: existsSync(fileURLToPath(model)), card: readCard(new URL('card.json', model)) };
}

function readCard(url: URL): unknown {
  try {
    return JSON.parse(readFileSync(fileURLToPath(url), 'utf8'));
  } catch {
    return null;
  }
}
