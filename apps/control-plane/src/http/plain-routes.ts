import { randomUUID } from 'node:crypto';
import { AppError, isAppError } from '@sallyport/kernel';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { graphqlErrorTable } from '../graphql/error-table.ts';
import { type ReportIncident, toPublicError } from '../graphql/format-error.ts';

/** Fastify's own refusals, as codes of the table. */
const fastifyCodes: Readonly<Record<string, 'too_large' | 'malformed' | 'not_acceptable'>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'not_acceptable',
};

function toAppError(error: FastifyError | Error): unknown {
  if (isAppError(error)) return error;
  if (error instanceof SyntaxError) return new AppError('malformed');
  const code = 'code' in error ? fastifyCodes[error.code] : undefined;
  return code === undefined ? error : new AppError(code);
}

/** Answers every error of a scope as `{errors: [{message, extensions: {code, details}}]}`, GraphQL's own shape. */
export function errorHandler(report: ReportIncident) {
  return async (
    error: FastifyError | Error,
    _request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> => {
    const shown = toPublicError(toAppError(error), randomUUID, report);
    const retryAfterMs = shown.details.retryAfterMs;
    if (typeof retryAfterMs === 'number') reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
    await reply
      .status(graphqlErrorTable[shown.code].httpStatus)
      .header('content-type', 'application/json; charset=utf-8')
      .send({
        errors: [{ message: shown.message, extensions: { code: shown.code, details: shown.details } }],
      });
  };
}

/** Opens a scope whose routes share our error answers; Nest's guards do not reach them, so each checks for itself. */
export async function plainScope(
  fastify: FastifyInstance,
  report: ReportIncident,
  register: (scope: FastifyInstance) => void,
): Promise<void> {
  await fastify.register(async (scope) => {
    scope.setErrorHandler(errorHandler(report));
    register(scope);
  });
}
