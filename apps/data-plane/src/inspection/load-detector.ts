import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createDetector, type Detector, readModel } from '@sallyport/detection';
import { AppError } from '@sallyport/kernel';

/**
 * The detector of this process, with the model that ships with it. Invariant: a worker without its model does not start:
 * it would let through what others stop.
 * @throws AppError `internal_error`
 */
export function loadDetector(path: string = shippedModel()): Detector {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new AppError('internal_error', `the detection model cannot be read: ${path}`, { cause });
  }
  try {
    return createDetector({ model: readModel(bytes) });
  } catch (cause) {
    throw new AppError('internal_error', `the detection model is damaged or of another version: ${path}`, {
      cause,
    });
  }
}

function shippedModel(): string {
  return createRequire(import.meta.url).resolve('@sallyport/detection/model');
}
