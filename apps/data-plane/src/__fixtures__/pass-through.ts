import type { StageName } from '@sallyport/ledger';
import type { CallState } from '../call/call.ts';
import type { AnyStage } from '../call/pipeline.ts';
import type { Worker } from '../worker.ts';
import type { TestTenant } from './test-tenant.ts';

/** What later stages need where the stage that would have found it is replaced. */
export interface FixedData {
  readonly worker: () => Worker;
  readonly tenant: TestTenant;
  readonly toolName: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Stages that check nothing: each grants its milestone, with fixed data where a later stage needs some. */
export function passThrough(stage: StageName, fixed: FixedData): AnyStage {
  const fill = fills[stage];
  return (call) => {
    fill?.(call, fixed);
    return call;
  };
}

const emptyResult = { content: [{ type: 'text', text: 'from the pass-through' }] };

const fills: Partial<Record<StageName, (call: CallState, fixed: FixedData) => void>> = {
  identify(call, { worker, tenant }) {
    const state = worker().config.tenantById(tenant.id);
    const key = tenant.snapshot().keys[0];
    call.tenant = state ?? null;
    call.endpoint = state?.index.endpointBySlug('main') ?? null;
    call.principal = (key && state?.index.keyByHash(key.hash)) ?? null;
  },
  read(call, { toolName, args }) {
    call.req.resume();
    call.bodyIsWhole = true;
    call.era = 'modern';
    call.version = '2026-07-28';
    call.id = 7;
    call.method = 'tools/call';
    call.params = { name: toolName, arguments: args };
  },
  resolve(call, { toolName, args }) {
    const { tenant, endpoint, principal } = call;
    const item = endpoint?.toolByName(toolName);
    const tool = item?.context;
    call.resultText = JSON.stringify(emptyResult);
    if (!tenant || !principal || !item || !tool) return;
    call.item = item;
    call.tool = tool;
    call.toolName = toolName;
    call.upstream = tenant.upstreams.get(tool.server.id) ?? null;
    call.slice = tenant.index.sliceFor(principal, tool);
    call.args = args;
    call.argsText = JSON.stringify(args);
    const params = { name: tool.tool.name, arguments: args };
    call.request = { method: 'tools/call', params, paramsText: JSON.stringify(params) };
  },
  authorize(call) {
    call.decision = { kind: 'permit', policyIds: [] };
  },
  lendCredential(call) {
    call.credential = { kind: 'none', headers: {}, query: undefined };
  },
  dispatch(call) {
    call.reply = { kind: 'result', result: emptyResult };
  },
  inspectResponse(call) {
    call.resultText = JSON.stringify(call.reply?.kind === 'result' ? call.reply.result : {});
  },
};
