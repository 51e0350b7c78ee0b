import { AppError } from '@sallyport/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SignedInRequest } from '../app.module.ts';
import type { ReportIncident } from '../graphql/format-error.ts';
import { type PersistedDocuments, resolveDocument } from '../graphql/persisted-documents.ts';
import type { BrowserSessions } from './browser-session.ts';
import { errorHandler } from './plain-routes.ts';

export const graphqlPath = '/graphql';

/**
 * Stands before Apollo: only a POST from our own page, with a live session and its token, and only a document of
 * the console's build. Whatever the caller sent as a query text is replaced, never run.
 */
export function installGraphqlGate(
  fastify: FastifyInstance,
  browser: BrowserSessions,
  documents: PersistedDocuments,
  report: ReportIncident,
): void {
  const answerError = errorHandler(report);
  const guarded =
    (step: (request: SignedInRequest) => Promise<void>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      // The route that was matched, not the text: `/%67raphql` is the same door.
      if (request.routeOptions.url !== graphqlPath) return;
      try {
        await step(request);
      } catch (cause) {
        await answerError(cause instanceof Error ? cause : new Error('thrown'), request, reply);
      }
    };
  fastify.addHook(
    'onRequest',
    guarded(async (request) => {
      if (request.method !== 'POST') throw new AppError('method_not_allowed');
      request.sallyportSession = await browser.requireForChange(request);
    }),
  );
  fastify.addHook(
    'preHandler',
    guarded(async (request) => {
      request.body = resolveDocument(documents, request.body);
    }),
  );
}
