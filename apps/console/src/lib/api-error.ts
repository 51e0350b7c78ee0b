import type { ErrorCode } from '@sallyport/kernel';

/** Every code a request may end with: the product's own, and `network` when no answer came at all. */
export type ApiErrorCode = ErrorCode | 'network';

/** A request that failed, with the stable code the server gave it. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ApiErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }

  /** Names an unexpected fault in the server's log. */
  get incidentId(): string | null {
    const { incidentId } = this.details;
    return typeof incidentId === 'string' ? incidentId : null;
  }
}

/** Reads any thrown value as an `ApiError`. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError('internal_error', error instanceof Error ? error.message : String(error));
}

/** Whether the session is missing or ended. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unauthenticated';
}

/** The input field a request was refused for, with the server's reason. */
export function faultyField(error: unknown): { readonly field: string; readonly reason: string } | null {
  if (!(error instanceof ApiError)) return null;
  const { field, reason } = error.details;
  return typeof field === 'string'
    ? { field, reason: typeof reason === 'string' ? reason : error.message }
    : null;
}
