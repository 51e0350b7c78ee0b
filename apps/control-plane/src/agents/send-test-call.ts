import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError, toWireId } from '@sallyport/kernel';
import { z } from 'zod';
import type { Actor } from '../access/session.ts';
import { endpointUrl } from '../endpoints/endpoints.read-model.ts';
import type { Database } from '../platform/database.ts';
import type { PublishTenantNow } from '../publication/publish-tenant-now.ts';
import type { TestCallResultModel } from './agent.model.ts';
import type { CreateApiKey } from './create-api-key.ts';
import type { RevokeApiKey } from './revoke-api-key.ts';

export interface TestCall {
  readonly agentId: string;
  readonly tool: string;
  readonly args: unknown;
}

const timeoutMs = 30_000;
const receiptPatienceMs = 3_000;
const maxReplyBytes = 1024 * 1024;
const protocolVersion = '2026-07-28';

const replySchema = z.object({
  result: z.looseObject({ isError: z.boolean().optional() }).optional(),
  error: z
    .looseObject({
      message: z.string().catch(''),
      data: z.looseObject({ code: z.string().optional(), callId: z.string().optional() }).optional(),
    })
    .optional(),
});

/** Runs one call through the real data plane with a key made for it; the key is revoked before the answer. */
export class SendTestCall {
  constructor(
    private readonly db: Database,
    private readonly keys: CreateApiKey,
    private readonly revoke: RevokeApiKey,
    private readonly publishNow: PublishTenantNow,
    private readonly gatewayUrl: string,
  ) {}

  /** @throws AppError `invalid_input`, `not_found` (agent) */
  async execute(actor: Actor, call: TestCall): Promise<TestCallResultModel> {
    if (typeof call.args !== 'object' || call.args === null || Array.isArray(call.args)) {
      throw new AppError('invalid_input', 'arguments must be an object', { details: { field: 'arguments' } });
    }
    const { agentId } = call;
    const key = await this.keys.execute(actor, {
      agentId,
      name: 'Test call',
      endpointId: null,
      expiresInDays: 1,
    });
    try {
      await this.publishNow.flush(actor, 'key for a test call');
      const url = endpointUrl(this.gatewayUrl, actor.tenantSlug, 'main');
      const result = toResult(await this.send(url, key.secret, call));
      return { ...result, callId: await this.findCall(actor.tenantId, key.id) };
    } finally {
      await this.revoke.execute(actor, key.id);
    }
  }

  /** The receipt of the call, once the worker has shipped it: the key was used for nothing else. */
  private async findCall(tenantId: string, keyId: string): Promise<string | null> {
    const until = Date.now() + receiptPatienceMs;
    while (Date.now() < until) {
      const receipt = await this.db.withTenant(tenantId, (tx) =>
        tx.receipt.findFirst({ where: { keyId, phase: 'outcome' }, select: { callId: true } }),
      );
      if (receipt?.callId) return toWireId('call', receipt.callId);
      await wait(100);
    }
    return null;
  }

  private async send(url: string, secret: string, call: TestCall): Promise<unknown> {
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name: call.tool,
        arguments: call.args,
        _meta: {
          'io.modelcontextprotocol/protocolVersion': protocolVersion,
          'io.modelcontextprotocol/clientInfo': { name: 'sallyport-console', version: '1' },
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    });
    const headers = {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': protocolVersion,
      'mcp-method': 'tools/call',
      'mcp-name': call.tool,
      'content-length': String(Buffer.byteLength(body)),
    };
    return readReply(await post(url, headers, body));
  }
}

/** Our own gateway at its own address: not an upstream, so `outbound` has nothing to decide. */
function post(url: string, headers: Record<string, string>, body: string): Promise<string> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, { method: 'POST', headers, timeout: timeoutMs, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > maxReplyBytes) response.destroy(new AppError('too_large'));
      });
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new AppError('timeout')));
    request.on('error', (cause) =>
      reject(new AppError('upstream_unreachable', 'the gateway does not answer', { cause })),
    );
    request.end(body);
  });
}

/** The JSON-RPC reply, also out of an event stream. */
function readReply(text: string): unknown {
  const data = text.startsWith('{') ? text : (/^data: ?(\{.*)$/m.exec(text)?.[1] ?? '{}');
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}

function toResult(reply: unknown): TestCallResultModel {
  const parsed = replySchema.safeParse(reply);
  if (!parsed.success) return { ok: false, errorCode: 'upstream_protocol', text: JSON.stringify(reply) };
  const { result, error } = parsed.data;
  if (error) return { ok: false, errorCode: error.data?.code ?? 'internal_error', text: error.message };
  return { ok: result !== undefined && result.isError !== true, text: JSON.stringify(result, null, 2) };
}
