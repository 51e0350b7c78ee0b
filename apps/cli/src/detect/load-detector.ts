import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDetector, type Detector, readModel } from '@sallyport/detection';
import { AppError } from '@sallyport/kernel';

/**
 * The detector with the model that ships; needs no server and no settings.
 * @throws AppError `internal_error` when the model is missing or was made for other code.
 */
export function loadDetector(): Detector {
  const path = fileURLToPath(import.meta.resolve('@sallyport/detection/model'));
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new AppError('internal_error', `the detection model cannot be read: ${path}`, { cause });
  }
  return createDetector({ model: readModel(bytes) });
}
