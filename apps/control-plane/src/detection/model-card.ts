import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

let card: { readonly value: unknown } | undefined;

/** The card of the shipped model; null where this build has none. Read once: it changes only with a release. */
export function modelCard(): unknown {
  card ??= { value: readCard() };
  return card.value;
}

function readCard(): unknown {
  try {
    const model = import.meta.resolve('@sallyport/detection/model');
    return JSON.parse(readFileSync(fileURLToPath(new URL('card.json', model)), 'utf8'));
  } catch {
    return null;
  }
}
