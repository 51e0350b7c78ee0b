import { AppError, type ErrorCode, isAppError } from '@sallyport/kernel';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { graphqlErrorTable } from './error-table.ts';

/** What is written to the log for an unknown throw. */
export type ReportIncident = (incidentId: string, cause: unknown) => void;

export interface PublicError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** An error as a caller may see it: code and public details; an unknown throw becomes an incident id. */
export function toPublicError(
  error: unknown,
  newIncidentId: () => string,
  report: ReportIncident,
): PublicError {
  if (isAppError(error)) {
    const row = graphqlErrorTable[error.code];
    if (row.httpStatus < 500 || row.showDetails) {
      return { code: error.code, message: error.message, details: error.details };
    }
  }
  const incidentId = newIncidentId();
  report(incidentId, error);
  const code = isAppError(error) ? error.code : 'internal_error';
  return { code, message: new AppError(code).message, details: { incidentId } };
}

/** Apollo's hook: finds what was really thrown and maps it through the table. */
export function formatGraphqlError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
  newIncidentId: () => string,
  report: ReportIncident,
): GraphQLFormattedError {
  const original = thrown instanceof GraphQLError && thrown.originalError ? thrown.originalError : thrown;
  const isRequestFault = original instanceof GraphQLError;
  const error = isRequestFault ? new AppError('invalid_input', original.message) : original;
  const shown = toPublicError(error, newIncidentId, report);
  return {
    message: shown.message,
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code: shown.code, details: shown.details },
  };
}
