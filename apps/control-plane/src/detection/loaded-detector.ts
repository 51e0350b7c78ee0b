import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDetector, type Detector, readModel } from '@sallyport/detection';

let loaded: Detector | undefined;

/** The detector of this build, for screens: read when it is first asked for; without a readable model, by rules. */
export function loadedDetector(): Detector {
  loaded ??= createDetector({ model: readShipped() });
  return loaded;
}

function readShipped() {
  try {
    return readModel(readFileSync(fileURLToPath(import.meta.resolve('@sallyport/detection/model'))));
  } catch {
    return null;
  }
}
