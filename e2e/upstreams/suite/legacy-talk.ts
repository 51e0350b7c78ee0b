import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CreateMessageResultSchema,
  ElicitResultSchema,
  ListRootsResultSchema,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import type { Change, Json, Question, Talk } from './talk.ts';

export type LegacyExtra = RequestHandlerExtra<ServerRequest, ServerNotification>;

const answerSchemas = {
  'elicitation/create': ElicitResultSchema,
  'sampling/createMessage': CreateMessageResultSchema,
  'roots/list': ListRootsResultSchema,
} as const;

const levels = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

/** People answer slowly. */
const answerTimeoutMs = 300_000;

/** The facts of a session that its talks share. */
export interface LegacySessionFacts {
  readonly clientCapabilities: Json;
  readonly logLevel: string;
  announce(change: Change): void;
}

/** The talk of one request of the 1.x SDK: what the server asks and tells goes out on the stream of that request. */
export function legacyTalk(extra: LegacyExtra, session: LegacySessionFacts, taskId?: string): Talk {
  const related = taskId === undefined ? {} : { relatedTask: { taskId } };
  const send = async ({ method, params }: Question): Promise<Json> =>
    (await extra.sendRequest({ method, params } as ServerRequest, answerSchemas[method], {
      timeout: answerTimeoutMs,
      ...related,
    })) as Json;
  return {
    clientCapabilities: session.clientCapabilities,
    signal: extra.signal,
    async ask(questions) {
      const asked = Object.entries(questions).map(
        async ([key, question]) => [key, await send(question)] as const,
      );
      return Object.fromEntries(await Promise.all(asked));
    },
    async progress(progress, total) {
      const progressToken = extra._meta?.progressToken;
      if (progressToken === undefined) return;
      await extra.sendNotification({
        method: 'notifications/progress',
        params: { progressToken, progress, total },
      });
    },
    async log(level, text) {
      if (levels.indexOf(level) < levels.indexOf(session.logLevel)) return;
      await extra.sendNotification({
        method: 'notifications/message',
        params: { level, logger: 'suite', data: text },
      });
    },
    closeStream: () => extra.closeSSEStream?.(),
    announce: session.announce,
  };
}
