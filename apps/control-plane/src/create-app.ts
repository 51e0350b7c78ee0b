import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppError } from '@sallyport/kernel';
import type { FastifyInstance } from 'fastify';
import { appModule } from './app.module.ts';
import type { Services } from './composition.ts';
import { registerDetectionRoutes } from './detection/detection.routes.ts';
import type { PersistedDocuments } from './graphql/persisted-documents.ts';
import { BrowserSessions } from './http/browser-session.ts';
import { installGraphqlGate } from './http/graphql-gate.ts';
import { errorHandler, plainScope } from './http/plain-routes.ts';
import { allowedHosts, isAllowedHost } from './http/request-origin.ts';
import { securityHeaders } from './http/security-headers.ts';
import { registerStaticConsole } from './http/static-console.ts';
import { IngestFrames } from './ingest/ingest-batch.ts';
import { registerInspectRoutes } from './inspect/inspect.routes.ts';
import { registerInternalRoutes } from './internal/internal.routes.ts';
import { registerLiveRoutes } from './live/live.routes.ts';
import type { Platform } from './platform/platform.ts';
import { AttemptLimiter } from './sign-in/attempt-limiter.ts';
import { registerSignInRoutes } from './sign-in/sign-in.routes.ts';

export interface AppInput {
  readonly platform: Platform;
  readonly services: Services;
  readonly documents: PersistedDocuments;
  readonly limiter?: AttemptLimiter;
}

const graphqlBodyBytes = 256 * 1024;

/** Builds the HTTP application; it listens nowhere yet. */
export async function createApp(input: AppInput): Promise<NestFastifyApplication> {
  const { platform, services } = input;
  const adapter = new FastifyAdapter({ bodyLimit: graphqlBodyBytes, forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(appModule(platform, services), adapter, {
    bodyParser: false,
    // Our own log tells of unknown errors once (`formatGraphqlError`); Nest would print every "no" as well.
    logger: false,
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const report = (incidentId: string, err: unknown): void =>
    platform.log.error({ incidentId, err }, 'an unexpected error');
  const allowed = allowedHosts(platform.env.CONSOLE_URL, platform.env.CONTROL_PLANE_PORT);
  const browser = new BrowserSessions(services.sessions, allowed);
  installHeaders(fastify, (host) => isAllowedHost(allowed, host), report);
  installGraphqlGate(fastify, browser, input.documents, report);
  await plainScope(fastify, report, (scope) => registerRoutes(scope, input, browser));
  // A body that Fastify refuses on its way to GraphQL is answered as everywhere else, not in Nest's shape.
  adapter.setErrorHandler = () => fastify.setErrorHandler(errorHandler(report));
  await app.init();
  return app;
}

/** Every answer carries the strict headers; a request for a name that is not ours gets nothing else. */
function installHeaders(
  fastify: FastifyInstance,
  isOurs: (host: string | undefined) => boolean,
  report: (incidentId: string, err: unknown) => void,
): void {
  const answerError = errorHandler(report);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    if (isOurs(request.headers.host)) return;
    await answerError(new AppError('forbidden_origin'), request, reply);
  });
}

function registerRoutes(scope: FastifyInstance, input: AppInput, browser: BrowserSessions): void {
  const { platform, services } = input;
  const { env, log } = platform;
  scope.get('/healthz', async () => ({ ok: true }));
  registerSignInRoutes(scope, {
    browser,
    sessions: services.sessions,
    links: services.links,
    invitations: services.invitations,
    limiter: input.limiter ?? new AttemptLimiter(platform.clock),
    hub: services.hub,
    isSecure: env.CONSOLE_URL.startsWith('https:'),
  });
  registerLiveRoutes(scope, browser, services.hub);
  registerInspectRoutes(scope, { browser, keys: services.inspectorKeys, clock: platform.clock });
  registerDetectionRoutes(scope, { browser, rows: services.exportRows, clock: platform.clock });
  registerInternalRoutes(scope, {
    token: env.INGEST_TOKEN,
    operatorToken: env.OPERATOR_TOKEN,
    ingest: new IngestFrames({
      db: platform.db,
      onBrokenChain: (facts) => log.error(facts, 'the hash chain of a spool is broken'),
    }),
    vetFinished: services.applyVetResult,
    loginLinks: services.loginLinks,
    after: services.after,
  });
  if (env.CONSOLE_DIST !== undefined) registerStaticConsole(scope, env.CONSOLE_DIST);
}
