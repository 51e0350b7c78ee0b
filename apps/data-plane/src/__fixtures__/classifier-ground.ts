import type { OutcomeFrame } from '@sallyport/ledger';
import {
  defaultDetection,
  externalClassifierAad,
  type SnapshotExternalClassifier,
} from '@sallyport/snapshot';
import { createLogger } from '@sallyport/telemetry';
import { sealBox } from '@sallyport/vault';
import { createWordDetector } from '../inspection/__fixtures__/word-detector.ts';
import { type RawUpstream, startRaw } from '../upstream/__fixtures__/raw-upstream.ts';
import { type ClassifierServer, startClassifier } from './classifier-server.ts';
import { callTool, outcomeOf, text } from './inspection-ground.ts';
import { makeTenant, sealKeys, type TestTenant } from './test-tenant.ts';
import { codeOf, startTestWorker, type TestWorker } from './test-worker.ts';

const tools = [
  {
    name: 'look',
    description: 'Shows a record.',
    inputSchema: { type: 'object', additionalProperties: true },
  },
];

/** One worker over a detector of a few words, an upstream that says what it is told, and two classifiers. */
export interface ClassifierGround {
  readonly worker: TestWorker;
  readonly upstream: RawUpstream;
  readonly classifiers: readonly [ClassifierServer, ClassifierServer];
  /** All that the worker logged. */
  log(): string;
  tenant(external: ExternalChange | null): TestTenant;
  /** Calls a tool that answers with this text. */
  call(tenant: TestTenant, said: string, args?: object): Promise<Ended>;
  metrics(): Promise<string>;
  close(): Promise<void>;
}

export type ExternalChange = Partial<SnapshotExternalClassifier> & { readonly token?: string };

export interface Ended {
  /** `ok`, or the code of the refusal. */
  readonly code: string;
  readonly findings: OutcomeFrame['findings'];
}

export async function startClassifierGround(): Promise<ClassifierGround> {
  const classifiers = await Promise.all([startClassifier(), startClassifier()]);
  const says = { text: '' };
  const upstream = await startRaw({
    isModern: true,
    call(message, res) {
      const isList = message.method === 'tools/list';
      const result = isList ? { tools, ttlMs: 0, cacheScope: 'private' } : text(says.text);
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(
        JSON.stringify({ jsonrpc: '2.0', id: message.id, result: { resultType: 'complete', ...result } }),
      );
    },
  });
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const worker = await startTestWorker({
    privateOrigins: [new URL(upstream.url).host, ...classifiers.map(({ host }) => host)],
    config: { detector: createWordDetector(), log: createLogger({ name: 't', level: 'trace', destination }) },
  });
  let tenants = 0;
  return {
    worker,
    upstream,
    classifiers: classifiers as [ClassifierServer, ClassifierServer],
    log: () => lines.join(''),
    tenant(change) {
      tenants += 1;
      const tenant = makeTenant({
        slug: `t${tenants}`,
        servers: [{ slug: 'crm', url: upstream.url, tools }],
        settings: { requestInspection: 'block', responseInspection: 'block', ratePerMinute: 100_000 },
      });
      const external = change && externalOf(tenant, classifiers[0]?.url ?? '', change);
      const offered = worker.worker.config.offer(
        tenant.id,
        tenant.publish(() => ({ detection: { ...defaultDetection, external } })),
      );
      if (offered.kind !== 'applied') throw new Error(JSON.stringify(offered));
      return tenant;
    },
    async call(tenant, said, args = {}) {
      says.text = said;
      const seen = await callTool(worker, tenant, 'crm__look', args);
      return { code: codeOf(seen) ?? 'ok', findings: outcomeOf(worker, tenant).findings };
    },
    metrics: async () => (await fetch(`${worker.url}/metrics`)).text(),
    async close() {
      await worker.close();
      await Promise.all([...classifiers, upstream].map((server) => server.close()));
    },
  };
}

function externalOf(
  tenant: TestTenant,
  url: string,
  { token, ...change }: ExternalChange,
): SnapshotExternalClassifier {
  const aad = externalClassifierAad(tenant.id);
  const sealedToken = token ? sealBox({ publicKey: sealKeys.publicKey, plaintext: token, aad }) : null;
  return { url, sealedToken, budgetMs: 2_000, perMinute: 1_000, onFailure: 'pass', ...change };
}
