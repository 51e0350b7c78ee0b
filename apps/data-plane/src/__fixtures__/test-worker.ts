import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDetector } from '@sallyport/detection';
import { decodeFrame, encodeFrame, type Frame } from '@sallyport/ledger';
import { encodeHeaderText, mirroredName } from '@sallyport/mcp';
import { installationTenantId } from '@sallyport/snapshot';
import { createLogger } from '@sallyport/telemetry';
import { createWorker, type Worker, type WorkerConfig } from '../worker.ts';
import { publishInstallation, sealKeys, type TestTenant, verify } from './test-tenant.ts';

export interface TestWorker {
  readonly worker: Worker;
  readonly port: number;
  readonly url: string;
  readonly stateDir: string;
  readonly keys: Pick<WorkerConfig, 'spoolKey' | 'sessionHandleKey'>;
  /** Every frame in the spool so far. */
  frames(): readonly Frame[];
  close(): Promise<void>;
}

/** A worker in this process, without Redis: configuration is given to it directly, its spool keeps everything. */
export async function startTestWorker(
  input: {
    readonly tenants?: readonly TestTenant[];
    readonly privateOrigins?: readonly string[];
    readonly config?: Partial<WorkerConfig>;
  } = {},
): Promise<TestWorker> {
  const stateDir = input.config?.stateDir ?? mkdtempSync(join(tmpdir(), 'sallyport-worker-'));
  const keys = {
    spoolKey: input.config?.spoolKey ?? randomBytes(32),
    sessionHandleKey: input.config?.sessionHandleKey ?? randomBytes(32).toString('base64'),
  };
  const worker = createWorker({
    workerId: 'test-worker',
    stateDir,
    verify,
    sealPrivateKey: sealKeys.privateKey,
    detector: createDetector({ model: null }),
    ...keys,
    allowedHosts: [],
    ownPorts: [],
    anonymousWindowMs: 60_000,
    spoolLimitBytes: 64 * 1024 * 1024,
    drainMs: 2_000,
    log: createLogger({ name: 'test', level: 'fatal' }),
    ...input.config,
  });
  worker.config.offer(installationTenantId, publishInstallation(input.privateOrigins ?? []));
  for (const tenant of input.tenants ?? []) {
    const offered = worker.config.offer(tenant.id, tenant.publish());
    if (offered.kind !== 'applied') throw new Error(JSON.stringify(offered));
  }
  const port = await worker.listenLoopback(0);
  return {
    worker,
    port,
    url: `http://127.0.0.1:${port}`,
    stateDir,
    keys,
    frames: () =>
      worker.spool.pending(100_000, 1e9).map(({ text }) => {
        const frame = decodeFrame(text);
        // What ingest decodes and encodes again must be the text that the chain covers.
        if (!frame || encodeFrame(frame) !== text) throw new Error(`not a frame: ${text}`);
        return frame;
      }),
    async close() {
      await worker.close();
      if (!input.config?.stateDir) rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

const modernVersion = '2026-07-28';

/** A modern request as a strict client sends it. */
export function modernRequest(
  tenant: Pick<TestTenant, 'slug' | 'key'>,
  method: string,
  params: Record<string, unknown> = {},
  change: { readonly headers?: Record<string, string | undefined>; readonly body?: string } = {},
) {
  const mirrored = mirroredName(method, params);
  const name = mirrored === undefined ? {} : { 'mcp-name': encodeHeaderText(mirrored) };
  const headers: Record<string, string | undefined> = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${tenant.key}`,
    'mcp-protocol-version': modernVersion,
    'mcp-method': method,
    ...name,
    ...change.headers,
  };
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': modernVersion,
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'wire-test', version: '1' },
    ...(params._meta as object | undefined),
  };
  const body = change.body ?? JSON.stringify({ jsonrpc: '2.0', id: 7, method, params: { ...params, _meta } });
  const present = Object.entries(headers).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { path: `/${tenant.slug}/main/key/mcp`, headers: Object.fromEntries(present), body };
}

export interface Seen {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
  readonly json: any;
}

export interface RawRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
  readonly method?: string;
}

const sendTimeoutMs = 5_000;

/** Sends a request exactly as it is and reads whatever comes back. */
export function send(url: string, raw: RawRequest): Promise<Seen> {
  const { port, hostname } = new URL(url);
  const { path, headers, body, method = 'POST' } = raw;
  return new Promise((resolve, reject) => {
    const sent = request({ host: hostname, port, path, method, headers, agent: false }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', reject);
      reply.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text, json: parse(text) });
      });
    });
    sent.on('error', reject);
    sent.setTimeout(sendTimeoutMs, () => sent.destroy(new Error('no answer')));
    sent.end(method === 'POST' ? body : undefined);
  });
}

/** The stable code of a refusal: in the error's data, or in the `_meta` of a result with `isError`. */
export function codeOf(seen: Seen): string | undefined {
  return seen.json?.error?.data?.code ?? seen.json?.result?._meta?.['sallyport/error']?.code;
}

function parse(text: string): unknown {
  const data = text.startsWith('event:')
    ? (/^data: (.*)$/m.exec(text.slice(text.lastIndexOf('event:')))?.[1] ?? '')
    : text;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
