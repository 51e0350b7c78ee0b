import { type ErrorCode, errorTable } from './error-codes.ts';

const marker = Symbol.for('sallyport.AppError');

export interface AppErrorOptions {
  /** Public facts, safe to show to the caller (limits, field names, ids of their own tenant). */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Private: goes to the log, never to a caller. */
  readonly cause?: unknown;
}

/** The only error type that crosses a module boundary; it knows no HTTP, JSON-RPC or GraphQL. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly [marker] = true;

  constructor(code: ErrorCode, message?: string, options: AppErrorOptions = {}) {
    super(message ?? errorTable[code].summary, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Whether a thrown value is an `AppError`, also across two copies of this package. */
export function isAppError(value: unknown): value is AppError {
  return typeof value === 'object' && value !== null && marker in value;
}

/** Closes an exhaustive `switch`: reaching it is a defect. */
export function assertNever(value: never): never {
  throw new AppError('internal_error', `unreachable variant: ${String(value)}`);
}
