import { isJsonObject, type WireObject } from '@sallyport/mcp';
import type { Call } from './call.ts';

/** The mark of 2025-11-25 by which a message belongs to a task. */
export const relatedKey = 'io.modelcontextprotocol/related-task';

/**
 * What an upstream says on the way of a call, with the mark of its task under the id that the caller knows. The mark of
 * any other task is taken away: its name is none of the caller's.
 */
export function underOurTask<P extends WireObject | undefined>(
  { request, params: asked }: Pick<Call<'intentRecorded'>, 'request' | 'params'>,
  params: P,
): P | WireObject {
  const meta = params?._meta;
  if (!isJsonObject(meta) || meta[relatedKey] === undefined) return params;
  const { [relatedKey]: related, ...rest } = meta;
  const { taskId } = request.params;
  const isOurs = taskId !== undefined && isJsonObject(related) && related.taskId === taskId;
  const _meta = isOurs ? { ...rest, [relatedKey]: { taskId: asked?.taskId } } : rest;
  return { ...params, _meta };
}
