import { hash } from 'node:crypto';
import type { PayloadSurface } from '@sallyport/detection';
import {
  type RpcError,
  readCacheHints,
  toLegacyResult,
  toModernResult,
  type WireObject,
} from '@sallyport/mcp';
import { inspectUrlError } from '../conversation/inspect-asks.ts';
import { textOfResult } from '../inspection/carry.ts';
import type { Inspected, Inspector } from '../inspection/inspector.ts';
import { viewOf } from '../inspection/result-view.ts';
import { serverInfo } from '../wire/server-info.ts';
import type { ArgumentSchemas } from './argument-schema.ts';
import { type Call, grant, isStop, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';
import { policeEmbedded } from './police-embedded.ts';
import { isPinnedByContent, policeUi } from './police-ui.ts';
import { hasShapeOf } from './result-shape.ts';
import type { TaskHandles } from './task-handles.ts';
import { nameTasks } from './tasks-in-results.ts';
import { withoutOwnMeta } from './upstream-voice.ts';

/** Largest text of a resource that is passed on. */
const maxResourceLength = 8 * 1024 * 1024;

export interface InspectResponseDeps {
  readonly tasks: TaskHandles;
  readonly inspector: Inspector;
  readonly schemas: ArgumentSchemas;
}

type Next = Call<'answerable'> | Stop;

/** Stage 13: what the upstream answered, before the model sees it. */
export function createInspectResponse(deps: InspectResponseDeps): Stage<'dispatched', 'answerable'> {
  return (call) => {
    const { reply } = call;
    return reply.kind === 'error'
      ? inspectError(deps, call, reply.error)
      : inspectResult(deps, call, reply.result);
  };
}

function inspectError(
  deps: InspectResponseDeps,
  call: Call<'dispatched'>,
  error: RpcError,
): Next | Promise<Next> {
  call.resultIsError = true;
  const asked = inspectUrlError(deps.inspector, call, error);
  if (asked instanceof Promise) return asked.then((late) => late ?? inspectErrorText(deps, call, error));
  return asked ?? inspectErrorText(deps, call, error);
}

function inspectErrorText(
  deps: InspectResponseDeps,
  call: Call<'dispatched'>,
  error: RpcError,
): Next | Promise<Next> {
  const { message, data } = error;
  const value = data === undefined ? { message } : { message, data };
  const take = (inspected: Inspected): Next => {
    if (inspected.kind === 'blocked') return inspected.stop;
    if (inspected.value !== value)
      call.reply = { kind: 'error', error: { ...error, ...(inspected.value as object) } };
    return grant<'answerable'>(call);
  };
  const inspected = deps.inspector.inspect(call, { direction: 'inbound', surface: 'result', value });
  return inspected instanceof Promise ? inspected.then(take) : take(inspected);
}

const surfaces: Readonly<Record<string, PayloadSurface>> = {
  'prompts/get': 'prompt',
  'resources/read': 'resource',
};

function inspectResult(
  deps: InspectResponseDeps,
  call: Call<'dispatched'>,
  result: WireObject,
): Next | Promise<Next> {
  const named = nameTasks(call, result, deps.tasks);
  if (isStop(named)) return named;
  const isTask = named.task !== undefined && call.request.params.task !== undefined;
  if (!isTask && !hasShapeOf(call.method, named)) {
    return stop('upstream_protocol', { details: { reason: 'result_shape' } });
  }
  const policed = call.method === 'resources/read' ? resourceOf(call, named) : embedding(call, named);
  if (isStop(policed)) return policed;
  const { view, whole, isCut } = viewOf(policed, askedUri(call));
  const take = (inspected: Inspected): Next => {
    if (inspected.kind === 'blocked') return inspected.stop;
    // An app was approved as it is: nothing is taken out of it.
    const seen = isPinnedByContent(call.tool) ? policed : whole(inspected.value as WireObject);
    return misfit(deps, call, policed, seen) ?? release(call, seen);
  };
  const inspected = deps.inspector.inspect(call, {
    direction: 'inbound',
    surface: surfaces[call.method] ?? 'result',
    value: view,
    schema: resultSchema(call),
    isCut,
    next: call.carry === '' ? undefined : textOfResult(view),
  });
  return inspected instanceof Promise ? inspected.then(take) : take(inspected);
}

function askedUri({ method, params }: Call<'dispatched'>): string | undefined {
  return method === 'resources/read' ? String(params?.uri) : undefined;
}

/** Of a tool's result only its structured content has a schema. */
function resultSchema(call: Call<'dispatched'>): unknown {
  if (call.method !== 'tools/call') return undefined;
  const structuredContent = call.tenant.inspection.of(call.tool).outputSchema();
  return structuredContent === undefined ? undefined : { properties: { structuredContent } };
}

/** Invariant: structured content from which something was taken out still fits the schema that it was promised in. */
function misfit(
  { schemas }: InspectResponseDeps,
  call: Call<'dispatched'>,
  before: WireObject,
  after: WireObject,
): Stop | undefined {
  const { structuredContent } = after;
  if (structuredContent === undefined || structuredContent === before.structuredContent) return undefined;
  const schema = call.tenant.inspection.of(call.tool).outputSchema();
  if (schema === undefined) return undefined;
  const bytes = JSON.stringify(structuredContent).length;
  const check = (value: unknown) =>
    schemas.check(`${call.tool.tool.digest} output`, () => schema, value, bytes).kind === 'fits';
  if (check(structuredContent) || !check(before.structuredContent)) return undefined;
  const title = 'What must not pass cannot be taken out of this structured content';
  const path = '/structuredContent';
  return stop('blocked_response', { details: { finding: 'redaction_unfit', path, title } });
}

/** Puts what was inspected on the call, in the caller's era. */
function release(call: Call<'dispatched'>, seen: WireObject): Call<'answerable'> {
  call.resultIsError = seen.isError === true;
  call.resultText = JSON.stringify(inEraOf(call, withoutOwnMeta(seen)));
  call.resultDigest = hash('sha256', call.resultText, 'hex');
  return grant<'answerable'>(call);
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
