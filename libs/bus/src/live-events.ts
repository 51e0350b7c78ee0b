import type { Redis } from 'ioredis';
import { z } from 'zod';
import { keys } from './keys.ts';

export const liveTypes = [
  'call',
  'server',
  'vet',
  'approval',
  'policy',
  'agent',
  'member',
  'usage',
  'publication',
  'endpoint',
  'detection',
  'tenant',
] as const;
export type LiveEventType = (typeof liveTypes)[number];

const liveEventSchema = z.object({ tenantId: z.string(), type: z.enum(liveTypes), id: z.string() });

/** Says that something changed; carries no data of its own. */
export type LiveEvent = z.infer<typeof liveEventSchema>;

/** Tells every control plane, which tells the screens that may know. */
export async function publishLive(redis: Redis, event: LiveEvent): Promise<void> {
  await redis.publish(keys.live, JSON.stringify(event));
}

/** Hands on events until the connection closes; what is not an event is dropped. */
export function subscribeLive(
  subscriber: Redis,
  onEvent: (event: LiveEvent) => void,
  onError: (cause: Error) => void,
): void {
  subscriber.on('message', (channel, text) => {
    if (channel !== keys.live) return;
    const event = readLiveEvent(text);
    if (event !== undefined) onEvent(event);
  });
  subscriber.subscribe(keys.live).catch(onError);
}

function readLiveEvent(text: string): LiveEvent | undefined {
  try {
    return liveEventSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
