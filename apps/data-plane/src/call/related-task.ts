import { isJsonObject, type WireObject } from '@sallyport/mcp';
import type { Call } from './call.ts';

/** The mark of 2025-11-25 by which a message belongs to a task. */
export const relatedKey = 'io.modelcontextprotocol/related-task';

/**
 * What an upstream says on the way of a call, with its task under the id that the caller knows. The mark of any other
 * task is taken away: its name is none of the caller's.
 */
export function underOurTask<P extends WireObject | undefined>(
  { request, params: asked }: Pick<Call<'intentRecorded'>, 'request' | 'params'>,
  params: P,
): P | WireObject {
  if (params === undefined) return params;
  const { taskId } = request.params;
  const isAbout = taskId !== undefined && params.taskId === taskId;
  const named = isAbout ? { ...params, taskId: asked?.taskId } : params;
  const meta = params._meta;
  if (!isJsonObject(meta) || meta[relatedKey] === undefined) return named;
  const { [relatedKey]: related, ...rest } = meta;
  const isOurs = taskId !== undefined && isJsonObject(related) && related.taskId === taskId;
  const _meta = isOurs ? { ...rest, [relatedKey]: { taskId: asked?.taskId } } : rest;
  return { ...named, _meta };
}
