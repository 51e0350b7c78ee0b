import { type StageName, stageNames } from '@sallyport/ledger';
import type { Inspector } from '../inspection/inspector.ts';
import { createRestoreTokens } from '../inspection/restore-tokens.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { type AdmitDeps, createAdmit, createAdmitOwn } from './admit.ts';
import { createAnswerList } from './answer-list.ts';
import { createArgumentSchemas } from './argument-schema.ts';
import { authorize, authorizeSubscription } from './authorize.ts';
import type { CallState } from './call.ts';
import { createDispatch, type DispatchDeps } from './dispatch.ts';
import { hold } from './hold.ts';
import { createIdentify } from './identify.ts';
import { createInspectRequest } from './inspect-request.ts';
import { createInspectResponse } from './inspect-response.ts';
import { lendCredential } from './lend-credential.ts';
import { type Composition, compose, type Stage, type StageOverrides } from './pipeline.ts';
import { createRead, type ReadDeps } from './read.ts';
import { createReceive, type ReceiveDeps } from './receive.ts';
import { createRecord, type RecordDeps } from './record.ts';
import { createRecordIntent, createRecordSubscription } from './record-intent.ts';
import { reply } from './reply.ts';
import { createResolveCompletion } from './resolve-completion.ts';
import { createResolveOwn, type ResolveOwnDeps, unknownMethod } from './resolve-own.ts';
import { createResolvePrompt } from './resolve-prompt.ts';
import { createResolveResource } from './resolve-resource.ts';
import { resolveSubscription } from './resolve-subscription.ts';
import { authorizeTask, createResolveTask } from './resolve-task.ts';
import { createResolveTool } from './resolve-tool.ts';
import { searchTools } from './search-tools.ts';
import type { TaskHandles } from './task-handles.ts';
import { createVerifyPin, settlePin } from './verify-pin.ts';

export interface StageDeps extends ReceiveDeps, ReadDeps, AdmitDeps, RecordDeps, ResolveOwnDeps {
  readonly config: Parameters<typeof createIdentify>[0]['config'];
  readonly upstreams: Upstreams;
  /** How a call speaks with its upstream, and its upstream with the client. */
  readonly dispatching: DispatchDeps;
  readonly inspector: Inspector;
  /** How tasks of upstreams are named to their callers. */
  readonly tasks: TaskHandles;
  /** Opens what a client subscribed to, and answers when that ends; without it there are no subscriptions. */
  readonly openSubscription?: Stage<'subscribable', 'answerable'>;
}

export interface Stages {
  /** What every message passes before its method is known. */
  readonly head: Composition<'created', 'read'>;
  /** `initialize`, `server/discover`, `ping`, `logging/setLevel` and notifications. */
  readonly discover: Composition<'read', 'answerable'>;
  /** Lists of tools, prompts, resources and templates. */
  readonly list: Composition<'read', 'answerable'>;
  /** `search_tools` and `describe_tool` of an endpoint with tool search. */
  readonly search: Composition<'read', 'answerable'>;
  /** `tools/call`. */
  readonly call: Composition<'read', 'answerable'>;
  /** `prompts/get`. */
  readonly get: Composition<'read', 'answerable'>;
  /** `resources/read`. */
  readonly read: Composition<'read', 'answerable'>;
  /** `completion/complete`. */
  readonly complete: Composition<'read', 'answerable'>;
  /** `tasks/get`, `tasks/result`, `tasks/update`, `tasks/cancel`. */
  readonly task: Composition<'read', 'answerable'>;
  /** `subscriptions/listen`, `resources/subscribe` and `unsubscribe`, and streams that a client opens. */
  readonly subscribe: Composition<'read', 'answerable'>;
  /** What follows however a message ended. */
  readonly reply: (call: CallState) => unknown;
  readonly record: (call: CallState) => unknown;
}

/** The families by their names, as the matrix prints them. */
export const families = [
  'discover',
  'list',
  'search',
  'call',
  'get',
  'read',
  'complete',
  'task',
  'subscribe',
] as const satisfies readonly (keyof Stages)[];
export type Family = (typeof families)[number];

/**
 * The security of the product on one screen: which stages each family of methods passes, and in which order. A
 * stage fits only behind the one whose milestone it takes, so `dispatch` cannot be reached around `authorize`.
 */
export function createStages(deps: StageDeps, overrides: StageOverrides = {}): Stages {
  const { upstreams, spool, nowMs, inspector } = deps;
  const schemas = createArgumentSchemas();
  const verifyPin = createVerifyPin({ schemas, nowMs });
  const restoreTokens = createRestoreTokens(inspector.books);
  const inspectRequest = createInspectRequest({ inspector, schemas });
  const inspectResponse = createInspectResponse({ tasks: deps.tasks, inspector, schemas });
  const admitOwn = createAdmitOwn(deps);
  const dispatch = createDispatch(deps.dispatching);
  /** From a capability that was found to its answer: the same way for all that reaches an upstream. */
  const toUpstream = (
    resolve: Stage<'read', 'resolved'>,
    decide: Stage<'pinAsked', 'authorized'> = authorize,
  ): Composition<'read', 'answerable'> =>
    compose<'read'>(overrides)
      .pass('resolve', resolve)
      .pass('admit', createAdmit(deps))
      .pass('verifyPin', restoreTokens)
      .pass('verifyPin', verifyPin)
      .pass('authorize', decide)
      .pass('inspectRequest', inspectRequest)
      .pass('hold', hold)
      .pass('verifyPin', settlePin)
      .pass('lendCredential', lendCredential)
      .pass('recordIntent', createRecordIntent(spool))
      .pass('dispatch', dispatch)
      .pass('inspectResponse', inspectResponse);
  return {
    head: compose<'created'>(overrides)
      .pass('receive', createReceive(deps))
      .pass('identify', createIdentify(deps))
      .pass('read', createRead(deps)),
    discover: compose<'read'>(overrides).pass('admit', admitOwn).pass('resolve', createResolveOwn(deps)),
    list: compose<'read'>(overrides).pass('admit', admitOwn).pass('authorize', createAnswerList(upstreams)),
    search: compose<'read'>(overrides).pass('admit', admitOwn).pass('authorize', searchTools),
    call: toUpstream(createResolveTool(upstreams)),
    get: toUpstream(createResolvePrompt(upstreams)),
    read: toUpstream(createResolveResource(upstreams)),
    complete: toUpstream(createResolveCompletion(upstreams)),
    task: toUpstream(createResolveTask(upstreams, deps.tasks), authorizeTask),
    subscribe: compose<'read'>(overrides)
      .pass('admit', admitOwn)
      .pass('resolve', resolveSubscription)
      .pass('authorize', authorizeSubscription)
      .pass('recordIntent', createRecordSubscription(spool))
      .pass('dispatch', deps.openSubscription ?? unknownMethod),
    reply: overrides.reply ?? reply,
    record: overrides.record ?? createRecord(deps),
  };
}

const always: readonly StageName[] = ['reply', 'record'];

/** The matrix of stages and families, from the compositions themselves. */
export function stageMatrix(stages: Stages): Readonly<Record<Family, Readonly<Record<StageName, boolean>>>> {
  const column = (family: Family): Record<StageName, boolean> => {
    const names = new Set([...stages.head.steps, ...stages[family].steps].map((step) => step.name));
    return Object.fromEntries(
      stageNames.map((name) => [name, names.has(name) || always.includes(name)]),
    ) as Record<StageName, boolean>;
  };
  return Object.fromEntries(families.map((family) => [family, column(family)])) as Record<
    Family,
    Record<StageName, boolean>
  >;
}
