import { isJsonObject } from '@sallyport/mcp';
import { type Call, grant, type Stop, type SubscribedResource, type Subscription } from './call.ts';
import { cleanText } from './call-frames.ts';
import type { Stage } from './pipeline.ts';
import { unknownMethod } from './resolve-own.ts';
import { findResource, unknownResource } from './resolve-resource.ts';
import { maxNameShown, wrongParams } from './resolved.ts';

/** Resources that one stream may name. */
const maxResources = 256;
const everything = { toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true } as const;
const nothing = { toolsListChanged: false, promptsListChanged: false, resourcesListChanged: false } as const;

/** Stage 4 of what makes us speak later: which lists and which resources a client wants to hear about. */
export const resolveSubscription: Stage<'counted', 'targeted'> = (call) => {
  const subscription = read(call);
  if (!('resources' in subscription)) return subscription;
  call.subscription = subscription;
  return grant<'targeted'>(call);
};

function read(call: Call<'counted'>): Subscription | Stop {
  if (call.req.method === 'GET') return { kind: 'stream', ...everything, resources: [] };
  if (call.era === 'modern') {
    return call.method === 'subscriptions/listen' ? readListen(call) : unknownMethod(call);
  }
  if (call.method === 'resources/subscribe') return readOne(call, 'subscribe');
  return call.method === 'resources/unsubscribe' ? readOne(call, 'unsubscribe') : unknownMethod(call);
}

function readOne(call: Call<'counted'>, kind: 'subscribe' | 'unsubscribe'): Subscription | Stop {
  const uri = call.params?.uri;
  if (typeof uri !== 'string' || uri === '') return wrongParams('uri must be text');
  call.toolName = cleanText(uri, maxNameShown);
  const found = findResource(call, uri);
  if (!found) return unknownResource(call, uri);
  call.item = found.item;
  call.tool = found.item.context;
  return { kind, ...nothing, resources: [{ uri, ...found }] };
}

/** What is not there, or not for this client, is left out: the acknowledgement says what is honoured. */
function readListen(call: Call<'counted'>): Subscription | Stop {
  const wanted = call.params?.notifications;
  if (!isJsonObject(wanted)) return wrongParams('notifications must be an object');
  const uris = wanted.resourceSubscriptions ?? [];
  if (!Array.isArray(uris) || !uris.every((uri) => typeof uri === 'string')) {
    return wrongParams('resourceSubscriptions must be URIs');
  }
  if (uris.length > maxResources) return wrongParams(`at most ${maxResources} resourceSubscriptions`);
  const resources = [...new Set(uris)].flatMap((uri): SubscribedResource[] => {
    const found = findResource(call, uri);
    return found ? [{ uri, ...found }] : [];
  });
  return {
    kind: 'listen',
    toolsListChanged: wanted.toolsListChanged === true,
    promptsListChanged: wanted.promptsListChanged === true,
    resourcesListChanged: wanted.resourcesListChanged === true,
    resources,
  };
}
