import { metaKeys, type RequestId, type WireObject, writeNotification, writeRawResult } from '@sallyport/mcp';
import { type Call, grant, type Stop, stop } from '../call/call.ts';
import { serverInfo } from '../wire/server-info.ts';
import type { Listener } from './event-hub.ts';
import { holdOpen, type StreamDeps } from './stream-deps.ts';
import type { ListName } from './visible.ts';

const wishes = {
  tools: 'toolsListChanged',
  prompts: 'promptsListChanged',
  resources: 'resourcesListChanged',
} as const satisfies Record<ListName, string>;

/**
 * `subscriptions/listen`: says first what is honoured, then what changes, and ends with a complete result when we
 * end it. Only what this principal may see is honoured.
 */
export function listen(
  call: Call<'subscribable'>,
  deps: Pick<StreamDeps, 'hub'>,
): Stop | Promise<Call<'answerable'>> {
  if (call.id === null || !call.sink.canPush()) {
    return stop('not_acceptable', { details: { header: 'Accept', want: 'text/event-stream' } });
  }
  return hear(call, deps, call.id);
}

async function hear(
  call: Call<'subscribable'>,
  { hub }: Pick<StreamDeps, 'hub'>,
  id: RequestId,
): Promise<Call<'answerable'>> {
  const { subscription } = call;
  const _meta = { [metaKeys.subscriptionId]: id };
  const say = (method: string, params: WireObject): void =>
    void call.sink.notify(writeNotification(method, { ...params, _meta }));
  const lists = new Set((Object.keys(wishes) as ListName[]).filter((name) => subscription[wishes[name]]));
  const uris = subscription.resources.map(({ uri }) => uri);
  const result = JSON.stringify({
    resultType: 'complete',
    _meta: { ..._meta, [metaKeys.serverInfo]: serverInfo },
  });
  // Ended by us: the result leaves before the cut would make an error of it.
  const end = (): void => {
    call.sink.send({ status: 200, body: writeRawResult(id, result), headers: undefined, closes: false });
  };
  const listener: Listener = {
    tenantId: call.tenant.id,
    endpointSlug: call.endpointSlug,
    keyHash: call.principal.key.hash,
    lists,
    uris: new Set(uris),
    listChanged: (name) => say(`notifications/${name}/list_changed`, {}),
    updated: (uri) => say('notifications/resources/updated', { uri }),
    lost: end,
  };
  say('notifications/subscriptions/acknowledged', { notifications: honoured(call, lists, uris) });
  const remove = hub.add(listener);
  await holdOpen(call, end);
  remove();
  call.resultText = result;
  return grant<'answerable'>(call);
}

function honoured(
  { params }: Call<'subscribable'>,
  lists: ReadonlySet<ListName>,
  uris: readonly string[],
): WireObject {
  const asked = params?.notifications as WireObject | undefined;
  return {
    ...Object.fromEntries([...lists].map((name) => [wishes[name], true])),
    ...(asked?.resourceSubscriptions === undefined ? {} : { resourceSubscriptions: uris }),
  };
}
