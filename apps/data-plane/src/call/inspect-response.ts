import { hash } from 'node:crypto';
import { type Finding, scanJson } from '@sallyport/detection';
import { readCacheHints, toLegacyResult, toModernResult, type WireObject } from '@sallyport/mcp';
import { inspectUrlError } from '../conversation/inspect-asks.ts';
import { serverInfo } from '../wire/server-info.ts';
import { type Call, grant, isStop, type Stop, stop } from './call.ts';
import { judge } from './inspect-request.ts';
import type { Stage } from './pipeline.ts';
import { policeEmbedded } from './police-embedded.ts';
import { isPinnedByContent, policeUi } from './police-ui.ts';
import { hasShapeOf } from './result-shape.ts';
import { scannable } from './scannable.ts';
import type { TaskHandles } from './task-handles.ts';
import { nameTasks } from './tasks-in-results.ts';
import { withoutOwnMeta } from './upstream-voice.ts';

/** Largest text of a resource that is passed on. */
const maxResourceLength = 8 * 1024 * 1024;

/** Stage 13: what the upstream answered, before the model sees it. */
export function createInspectResponse(tasks: TaskHandles): Stage<'dispatched', 'answerable'> {
  return (call) => inspect(call, tasks);
}

function inspect(call: Call<'dispatched'>, tasks: TaskHandles): Call<'answerable'> | Stop {
  const { reply } = call;
  if (reply.kind === 'error') {
    const { message, data } = reply.error;
    call.resultIsError = true;
    const halted = inspectUrlError(call, reply.error) ?? judgeResult(call, { message, data });
    return halted ?? grant<'answerable'>(call);
  }
  const named = nameTasks(call, reply.result, tasks);
  if (isStop(named)) return named;
  const isTask = named.task !== undefined && call.request.params.task !== undefined;
  if (!isTask && !hasShapeOf(call.method, named)) {
    return stop('upstream_protocol', { details: { reason: 'result_shape' } });
  }
  const isCall = call.method === 'tools/call';
  const halted = judgeResult(call, isCall ? named : scannable(call.method, named));
  if (halted) return halted;
  const result = call.method === 'resources/read' ? resourceOf(call, named) : embedding(call, named);
  if (isStop(result)) return result;
  call.resultIsError = result.isError === true;
  call.resultText = JSON.stringify(inEraOf(call, withoutOwnMeta(result)));
  call.resultDigest = hash('sha256', call.resultText, 'hex');
  return grant<'answerable'>(call);
}

function judgeResult(call: Call<'dispatched'>, seen: unknown): Stop | undefined {
  return judge(call, scanResult(seen), call.tenant.settings.responseInspection, 'blocked_response');
}

/** Everything textual of a result; base64 of images and audio is not text. */
export function scanResult(value: unknown): readonly Finding[] {
  return scanJson(value, 'result');
}

/** A result that may hold whole resources, with apps as they were approved. */
function embedding(call: Call<'dispatched'>, result: WireObject): WireObject | Stop {
  const { server } = call.tool;
  return policeEmbedded(result, (uri) => {
    const pages = call.endpoint.listed('resource');
    const page = pages.find(({ context }) => context.server.id === server.id && context.tool.name === uri);
    return page && isPinnedByContent(page.context) ? page.context : undefined;
  });
}

/** The contents of a resource under the URI that was asked for, user interfaces as they were approved. */
function resourceOf(call: Call<'dispatched'>, result: WireObject): WireObject | Stop {
  const { contents } = result;
  if (!Array.isArray(contents)) return result;
  const length = contents.reduce(
    (sum: number, { text, blob }) => sum + String(text ?? '').length + String(blob ?? '').length,
    0,
  );
  if (length > maxResourceLength) {
    return stop('upstream_protocol', { details: { reason: 'too_large', limit: maxResourceLength } });
  }
  const policed = policeUi(call.tool, contents);
  if (!isList(policed)) return policed;
  return { ...result, contents: withCallersUris(call, policed) };
}

function isList(value: readonly unknown[] | Stop): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Where this endpoint puts something before an upstream's URIs, it is before those of the contents too. */
function withCallersUris(call: Call<'dispatched'>, contents: readonly unknown[]): readonly unknown[] {
  const asked = String(call.params?.uri);
  const known = String(call.request.params.uri);
  if (asked === known || !asked.endsWith(known)) return contents;
  const prefix = asked.slice(0, asked.length - known.length);
  return contents.map((content) => {
    const { uri, ...rest } = content as WireObject;
    return { ...rest, uri: `${prefix}${String(uri)}` };
  });
}

/**
 * The result as it was inspected, in the caller's era. It is written anew from what was parsed: bytes that another
 * parser might read differently never pass.
 */
function inEraOf(call: Call<'dispatched'>, result: WireObject): WireObject {
  if (call.era === 'legacy') return result.resultType === undefined ? result : toLegacyResult(result);
  const modern =
    result.resultType === 'complete' && result._meta !== undefined
      ? result
      : toModernResult(result, serverInfo);
  if (call.method !== 'resources/read' || modern.resultType !== 'complete') return modern;
  // Another principal may not see it, whatever the upstream thinks; what an answer of the client made is not kept.
  const ttlMs = call.inputResponses === null ? readCacheHints(result).ttlMs : 0;
  return { ...modern, ttlMs, cacheScope: 'private' };
}
