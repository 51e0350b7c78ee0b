import { isJsonObject } from './json-limits.ts';
import type { WireObject } from './json-rpc.ts';

/** Key of the tasks extension of 2026-07-28 among the `extensions` of both sides (SEP-2663). */
export const tasksExtension = 'io.modelcontextprotocol/tasks';

/** Whether a client that declared these capabilities takes a task for an answer. */
export function declaresTasks({ extensions }: WireObject): boolean {
  return isJsonObject(extensions) && isJsonObject(extensions[tasksExtension]);
}
