import { randomBytes } from 'node:crypto';
import type { RedactionPolicy, SensitiveType } from '@sallyport/detection';
import type { OutcomeFrame } from '@sallyport/ledger';
import { defaultDetection, type SnapshotDetection } from '@sallyport/snapshot';
import { startTestRedis, type TestRedis } from '@sallyport/testkit';
import { generateSealKeyPair } from '@sallyport/vault';
import { answerTo, type Message, type RawUpstream, startRaw } from '../upstream/__fixtures__/raw-upstream.ts';
import type { WorkerConfig } from '../worker.ts';
import { makeTenant, type TestTenant } from './test-tenant.ts';
import { modernRequest, type Seen, send, startTestWorker, type TestWorker } from './test-worker.ts';

const free = { type: 'object', additionalProperties: true } as const;
const to = { type: 'string', pattern: '^[^<>@ ]+@[^<>@ ]+$' };

/** `look` shows something, `send` takes an address and nothing like a token. */
const tools = [
  { name: 'look', description: 'Shows the record of a contact.', inputSchema: free },
  {
    name: 'send',
    description: 'Sends a message to an address.',
    inputSchema: {
      type: 'object',
      properties: { to, text: { type: 'string' } },
      additionalProperties: false,
    },
  },
];

type Answer = (args: Message, message: Message) => unknown;

/** Two workers over one Redis, two tenants, and two upstreams that answer as they are told. */
export interface InspectionGround {
  readonly redis: TestRedis;
  readonly workers: readonly [TestWorker, TestWorker];
  /** What `mail` and `crm` answer: a result, or `undefined` where they answered by themselves. */
  readonly answers: { mail: Answer; crm: Answer };
  readonly mail: RawUpstream;
  readonly crm: RawUpstream;
  /** Private key of the bodies that receipts keep. */
  readonly bodyPrivateKey: string;
  tenant(slug: string, detection?: Partial<SnapshotDetection>, more?: TenantChange): TestTenant;
  startWorker(config?: Partial<WorkerConfig>): Promise<TestWorker>;
  close(): Promise<void>;
}

type TenantChange = Partial<Parameters<typeof makeTenant>[0]>;

const acting = {
  requestInspection: 'block',
  responseInspection: 'block',
  ratePerMinute: 100_000,
  rateBurst: 10_000,
} as const;

export async function startInspectionGround(): Promise<InspectionGround> {
  const redis = await startTestRedis();
  const answers: InspectionGround['answers'] = { mail: () => text('well'), crm: () => text('well') };
  const serve = (name: 'mail' | 'crm') =>
    startRaw({
      isModern: true,
      call(message, res) {
        const { method, params } = message;
        const result =
          method === 'tools/list'
            ? { resultType: 'complete', tools, ttlMs: 0, cacheScope: 'private' }
            : answers[name](params.arguments, message);
        if (result === undefined) return writeTo(res, message);
        res.writeHead(200, { 'content-type': 'application/json' });
        res.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...wrap(result) }));
      },
    });
  const writeTo = (
    res: Parameters<NonNullable<Parameters<typeof startRaw>[0]['call']>>[1],
    message: Message,
  ): void => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const note of streamed.splice(0))
      res.write(
        `data: ${JSON.stringify({ jsonrpc: '2.0', ...note(message.params._meta?.progressToken) })}\n\n`,
      );
    res.end(`data: ${answerTo(message)}\n\n`);
  };
  const [mail, crm] = await Promise.all([serve('mail'), serve('crm')]);
  const bodyKeys = generateSealKeyPair();
  const sessionHandleKey = randomBytes(32).toString('base64');
  const startWorker = (config: Partial<WorkerConfig> = {}): Promise<TestWorker> =>
    startTestWorker({
      privateOrigins: [mail, crm].map(({ url }) => new URL(url).host),
      config: { redisUrl: redis.url, sessionHandleKey, bodySealKey: bodyKeys.publicKey, ...config },
    });
  const workers: [TestWorker, TestWorker] = [await startWorker(), await startWorker()];
  return {
    redis,
    workers,
    answers,
    mail,
    crm,
    bodyPrivateKey: bodyKeys.privateKey,
    startWorker,
    tenant(slug, detection = {}, more = {}) {
      const servers = [
        { slug: 'mail', url: mail.url, tools },
        { slug: 'crm', url: crm.url, tools },
      ];
      const tenant = makeTenant({ slug, servers, ...more, settings: { ...acting, ...more.settings } });
      const envelope = tenant.publish(() => ({ detection: { ...defaultDetection, ...detection } }));
      for (const { worker } of workers) {
        const offered = worker.config.offer(tenant.id, envelope);
        if (offered.kind !== 'applied') throw new Error(JSON.stringify(offered));
      }
      return tenant;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([mail.close(), crm.close()]);
      await redis.close();
    },
  };
}

/** What the next call that answers `undefined` says before its answer. */
export const streamed: ((token: unknown) => object)[] = [];

const wrap = (result: unknown): object =>
  typeof result === 'object' && result !== null && 'error' in result
    ? { error: result.error }
    : { result: { resultType: 'complete', ...Object(result) } };

/** A result of one text. */
export const text = (said: string) => ({ content: [{ type: 'text', text: said }] });

/** A policy that lets everything pass but these types. */
export function onlyTypes(byType: RedactionPolicy['byType']): RedactionPolicy {
  const byClass = {
    secret: 'allow',
    financial: 'allow',
    identity: 'allow',
    contact: 'allow',
    health: 'allow',
    network: 'allow',
  } as const;
  return { byClass, byType };
}

export const tokenise = (...types: readonly SensitiveType[]): RedactionPolicy =>
  onlyTypes(Object.fromEntries(types.map((type) => [type, 'tokenise'])));

/** Calls a tool on a worker. */
export function callTool(
  worker: TestWorker | undefined,
  tenant: TestTenant,
  name: string,
  args: object,
  more: object = {},
): Promise<Seen> {
  return send(worker?.url ?? '', modernRequest(tenant, 'tools/call', { name, arguments: args, ...more }));
}

/** The text of the first block of a result. */
export const said = (seen: Seen): string => String(seen.json?.result?.content?.[0]?.text ?? seen.text);

/** The newest outcome of a tenant on a worker. */
export function outcomeOf(worker: TestWorker, tenant: TestTenant): OutcomeFrame {
  const frames = worker.frames().filter((frame): frame is OutcomeFrame => frame.kind === 'outcome');
  const newest = frames.filter(({ tenantId }) => tenantId === tenant.id).at(-1);
  if (!newest) throw new Error('no outcome');
  return newest;
}
