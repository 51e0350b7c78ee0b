import { AppError } from '@sallyport/kernel';

/** The trained model, read from its file. */
export interface DetectionModel {
  readonly version: string;
}

/**
 * Reads the bytes of a trained model.
 * @throws AppError `internal_error` for anything that is not a model of a known version.
 */
export function readModel(bytes: Uint8Array): DetectionModel {
  throw new AppError('internal_error', `not a detection model (${bytes.length} bytes)`);
}
