import { randomUUID } from 'node:crypto';

interface Kept<Message> {
  readonly id: string;
  readonly message: Message;
}

/** What an SDK transport needs to resume a stream, in memory: the last 200 events of each stream. */
export function createEventStore<Message>() {
  const streams = new Map<string, Kept<Message>[]>();
  const streamOf = (eventId: string) => eventId.slice(0, eventId.lastIndexOf('_'));
  return {
    async storeEvent(streamId: string, message: Message): Promise<string> {
      const events = streams.get(streamId) ?? [];
      const id = `${streamId}_${randomUUID()}`;
      events.push({ id, message });
      streams.set(streamId, events.slice(-200));
      return id;
    },
    async getStreamIdForEventId(eventId: string): Promise<string | undefined> {
      const streamId = streamOf(eventId);
      return streams.get(streamId)?.some(({ id }) => id === eventId) ? streamId : undefined;
    },
    async replayEventsAfter(
      lastEventId: string,
      { send }: { send: (eventId: string, message: Message) => Promise<void> },
    ): Promise<string> {
      const streamId = streamOf(lastEventId);
      const events = streams.get(streamId) ?? [];
      const seen = events.findIndex(({ id }) => id === lastEventId);
      // A priming event carries no message: it is a place in the stream, not something to repeat.
      const missed = events.slice(seen + 1).filter(({ message }) => Object.keys(message ?? {}).length > 0);
      for (const { id, message } of missed) await send(id, message);
      return streamId;
    },
  };
}
