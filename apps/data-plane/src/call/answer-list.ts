import { metaKeys, rpcCodes } from '@sallyport/mcp';
import type { SnapshotServer } from '@sallyport/snapshot';
import type { ListName } from '../config/lists.ts';
import { showsApps } from '../config/shown-item.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { serverInfo } from '../wire/server-info.ts';
import { type Call, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';
import { unknownMethod } from './resolve-own.ts';

/** The lists by their methods. */
export const listMethods: Readonly<Record<string, ListName>> = {
  'tools/list': 'tools',
  'prompts/list': 'prompts',
  'resources/list': 'resources',
  'resources/templates/list': 'resourceTemplates',
};

const ttlMs = 30_000;
const serverMeta = JSON.stringify({ [metaKeys.serverInfo]: serverInfo }).slice(1, -1);
const badCursor: Stop = stop('malformed', {
  details: { reason: 'unknown cursor' },
  rpc: rpcCodes.invalidParams,
  http: 200,
});

/** Stage 7 of a list: only what this agent may possibly use is shown, in bytes made beforehand, and no upstream is asked. */
export function createAnswerList(upstreams: Pick<Upstreams, 'of'>): Stage<'counted', 'answerable'> {
  return (call) => {
    const { tenant, endpoint, principal } = call;
    const list = listMethods[call.method];
    if (list === undefined) return unknownMethod(call);
    const viewer = { endpoint, principal, showsApps: showsApps(call.clientCapabilities) };
    const page = tenant.lists.page(list, viewer, call.params?.cursor);
    if (!page) return badCursor;
    const missing = unavailable(call, page.servers, upstreams);
    call.resultText =
      call.era === 'modern'
        ? `{${page.text},"resultType":"complete","ttlMs":${ttlMs},"cacheScope":"private","_meta":{${serverMeta}${missing === '' ? '' : `,${missing}`}}}`
        : `{${page.text}${missing === '' ? '' : `,"_meta":{${missing}}`}}`;
    return grant<'answerable'>(call);
  };
}

/** Names the servers whose capabilities are listed and cannot be reached now. */
function unavailable(
  call: Call<'counted'>,
  servers: readonly SnapshotServer[],
  upstreams: Pick<Upstreams, 'of'>,
): string {
  const down = servers.flatMap((server) => {
    return upstreams.of(call.tenant, server).isDown() ? [{ server: server.slug, reason: 'unreachable' }] : [];
  });
  return down.length === 0 ? '' : `"sallyport/unavailable":${JSON.stringify(down)}`;
}
