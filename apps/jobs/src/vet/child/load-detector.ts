import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDetector, type DetectionModel, readModel } from '@sallyport/detection';
import type { VetDetector } from '@sallyport/vetting';

/** The detector with the model of this build, which lies beside the code that a child may read. */
export function loadDetector(): VetDetector {
  const model = loadModel();
  return { detector: createDetector({ model }), modelVersion: model?.version ?? null };
}

/** A build without a model judges by rules; a model that cannot be read ends the run, so it never counts as clean. */
function loadModel(): DetectionModel | null {
  const path = fileURLToPath(import.meta.resolve('@sallyport/detection/model'));
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  }
  return readModel(bytes);
}
