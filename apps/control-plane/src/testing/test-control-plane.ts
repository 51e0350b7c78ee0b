import { createHash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MemberRole, TenantId } from '@sallyport/kernel';
import { createLogger } from '@sallyport/telemetry';
import { createTestDatabase, startTestRedis, type TestDatabase, type TestRedis } from '@sallyport/testkit';
import { generateSealKeyPair, generateSigningKeyPair } from '@sallyport/vault';
import { composeServices, type Services, startLoops } from '../composition.ts';
import { createApp } from '../create-app.ts';
import { type Env, readEnv } from '../env.ts';
import { openPlatform, type Platform } from '../platform/platform.ts';
import { AttemptLimiter } from '../sign-in/attempt-limiter.ts';
import { csrfToken } from '../sign-in/secrets.ts';

export const testOrigin = 'http://127.0.0.1:4400';
export const testOperatorToken = 'test-operator-token-of-enough-length-0123456789';
export const testIngestToken = 'test-ingest-token-of-enough-length-0123456789';

export interface Browser {
  readonly secret: string;
  readonly csrf: string;
}

export interface GraphqlAnswer {
  readonly status: number;
  // Tests look into answers of any shape.
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what each test asserts
  readonly data: any;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: { code: string; details: object };
  }[];
}

/** The control plane on a real Postgres and Redis of its own, spoken to as a browser would. */
export interface TestControlPlane {
  readonly app: NestFastifyApplication;
  readonly platform: Platform;
  readonly services: Services;
  readonly database: TestDatabase;
  readonly redis: TestRedis;
  /** One connection to look into Redis with. */
  readonly redisClient: ReturnType<TestRedis['connect']>;
  readonly env: Env;
  readonly keys: {
    readonly signing: { publicKey: string; privateKey: string };
    readonly worker: { publicKey: string; privateKey: string };
  };
  /** Runs a document as a persisted one. */
  graphql(browser: Browser, query: string, variables?: object): Promise<GraphqlAnswer>;
  /** A new user with roles in a tenant, signed in there. */
  signIn(input: {
    email: string;
    tenantId?: string;
    roles?: readonly MemberRole[];
    isOperator?: boolean;
  }): Promise<Browser>;
  createTenant(slug: string): Promise<TenantId>;
  ingest(body: object): Promise<{ readonly status: number; readonly body: { committedSeq: number } }>;
  close(): Promise<void>;
}

export interface TestOptions {
  readonly limits?: ConstructorParameters<typeof AttemptLimiter>[1];
  readonly withLoops?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

function testEnv(database: TestDatabase, redis: TestRedis, extra: Readonly<Record<string, string>>) {
  const signing = generateSigningKeyPair();
  const worker = generateSealKeyPair();
  const urls = Object.entries(database.urls).map(([door, url]) => [
    `DATABASE_URL_${door.toUpperCase()}`,
    url,
  ]);
  const env = readEnv({
    ...Object.fromEntries(urls),
    CONSOLE_URL: testOrigin,
    REDIS_URL: redis.url,
    VAULT_KEK: Buffer.alloc(32, 7).toString('base64'),
    WORKER_SEAL_PUBLIC_KEY: worker.publicKey,
    SNAPSHOT_SIGNING_KEY: signing.privateKey,
    SNAPSHOT_KEY_ID: 'test',
    INGEST_TOKEN: testIngestToken,
    OPERATOR_TOKEN: testOperatorToken,
    OWN_PORTS: '4400,5432',
    LOG_LEVEL: 'silent',
    ...extra,
  });
  return { env, keys: { signing, worker } };
}

export async function startTestControlPlane(options: TestOptions = {}): Promise<TestControlPlane> {
  const [database, redis] = await Promise.all([createTestDatabase(), startTestRedis()]);
  const { env, keys } = testEnv(database, redis, options.env ?? {});
  const platform = await openPlatform(
    env,
    createLogger({ name: 'test', level: process.env.TEST_LOG ?? 'silent' }),
  );
  const services = composeServices(platform);
  const documents = new Map<string, string>();
  const limits = options.limits ?? { burst: 10_000, perMinute: 10_000, maxKeys: 100 };
  const limiter = new AttemptLimiter(platform.clock, limits);
  const app = await createApp({ platform, services, documents, limiter });
  const stopLoops = options.withLoops ? startLoops(platform, services) : async () => {};
  const redisClient = redis.connect();
  const plane = { app, platform, services, database, redis, redisClient, env, keys };
  return {
    ...plane,
    graphql: (browser, query, variables) => runDocument(app, documents, browser, query, variables),
    signIn: (input) => signIn(platform, services, input),
    createTenant: (slug) => services.operator.createTenant.execute(null, slug, slug),
    ingest: async (body) => {
      const headers = { host: '127.0.0.1:4400', authorization: `Bearer ${testIngestToken}` };
      const reply = await app.inject({ method: 'POST', url: '/internal/ingest', headers, payload: body });
      return { status: reply.statusCode, body: reply.json() };
    },
    close: async () => {
      await app.close();
      await stopLoops();
      await platform.close();
      redisClient.disconnect();
      await Promise.all([database.close(), redis.close()]);
    },
  };
}

/** What the console's requests carry. */
export function browserHeaders(browser: Browser): Record<string, string> {
  return {
    host: '127.0.0.1:4400',
    origin: testOrigin,
    'content-type': 'application/json',
    cookie: `sp_session=${browser.secret}; sp_csrf=${browser.csrf}`,
    'x-sallyport-csrf': browser.csrf,
  };
}

async function runDocument(
  app: NestFastifyApplication,
  documents: Map<string, string>,
  browser: Browser,
  query: string,
  variables: object = {},
): Promise<GraphqlAnswer> {
  const documentId = createHash('sha256').update(query).digest('hex');
  documents.set(documentId, query);
  const reply = await app.inject({
    method: 'POST',
    url: '/graphql',
    headers: browserHeaders(browser),
    payload: { documentId, variables },
  });
  const body = reply.json();
  return { status: reply.statusCode, data: body.data, errors: body.errors ?? [] };
}

async function signIn(
  platform: Platform,
  services: Services,
  input: Parameters<TestControlPlane['signIn']>[0],
): Promise<Browser> {
  const { email, tenantId, isOperator = false } = input;
  const user = await platform.db.withSystem('operator', (tx) =>
    tx.user.upsert({ where: { email }, create: { email, displayName: email, isOperator }, update: {} }),
  );
  if (tenantId) {
    const roles = [...(input.roles ?? ['owner'])];
    await platform.db.withSystem('authenticator', (tx) =>
      tx.member.upsert({
        where: { tenantId_userId: { tenantId, userId: user.id } },
        create: { tenantId, userId: user.id, roles },
        update: { roles },
      }),
    );
  }
  const { secret } = await services.sessions.create(user.id, tenantId ?? null);
  return { secret, csrf: csrfToken(secret) };
}
