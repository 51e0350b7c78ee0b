import { randomUUID } from 'node:crypto';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { ApolloDriver } from '@nestjs/apollo';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { AccessGuard } from './access/access.guard.ts';
import type { RequestContext, Session } from './access/session.ts';
import type { Services } from './composition.ts';
import { formatGraphqlError } from './graphql/format-error.ts';
import type { Platform } from './platform/platform.ts';
import { useCaseProviders } from './providers.ts';
import { resolvers } from './resolvers.ts';

/** Requests that the session hook has let through carry their session. */
export type SignedInRequest = FastifyRequest & { sallyportSession?: Session };

export function graphqlOptions(platform: Platform): ApolloDriverConfig {
  const report = (incidentId: string, err: unknown): void =>
    platform.log.error({ incidentId, err }, 'an unexpected error in GraphQL');
  return {
    driver: ApolloDriver,
    path: '/graphql',
    autoSchemaFile: true,
    introspection: false,
    playground: false,
    graphiql: false,
    includeStacktraceInErrorResponses: false,
    // Our own Origin and token checks stand before Apollo; a JSON body is required there too.
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    context: (request: SignedInRequest): RequestContext => {
      if (!request.sallyportSession) throw new Error('a GraphQL request without a session');
      return { session: request.sallyportSession, batches: new Map() };
    },
    formatError: (formatted, thrown) => formatGraphqlError(formatted, thrown, randomUUID, report),
  };
}

@Module({})
class AppModule {}

/** The Nest application: resolvers, the guard before them, and the services they call. */
export function appModule(platform: Platform, services: Services): DynamicModule {
  const guard: Provider = {
    provide: APP_GUARD,
    inject: [Reflector],
    useFactory: (reflector: Reflector) => new AccessGuard(reflector),
  };
  return {
    module: AppModule,
    imports: [GraphQLModule.forRoot<ApolloDriverConfig>(graphqlOptions(platform))],
    providers: [guard, ...useCaseProviders(platform, services), ...resolvers],
  };
}
