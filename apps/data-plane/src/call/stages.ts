import { type StageName, stageNames } from '@sallyport/ledger';
import type { Upstreams } from '../upstream/upstreams.ts';
import { type AdmitDeps, createAdmit, createAdmitOwn } from './admit.ts';
import { createArgumentSchemas } from './argument-schema.ts';
import { authorize, authorizeList } from './authorize.ts';
import type { CallState } from './call.ts';
import { dispatch } from './dispatch.ts';
import { hold } from './hold.ts';
import { createIdentify } from './identify.ts';
import { inspectRequest } from './inspect-request.ts';
import { inspectResponse } from './inspect-response.ts';
import { lendCredential } from './lend-credential.ts';
import { type Composition, compose, type StageOverrides } from './pipeline.ts';
import { createRead, type ReadDeps } from './read.ts';
import { createReceive, type ReceiveDeps } from './receive.ts';
import { createRecord, type RecordDeps } from './record.ts';
import { createRecordIntent } from './record-intent.ts';
import { reply } from './reply.ts';
import { createResolve, createResolveOwn } from './resolve.ts';
import { createVerifyPin, settlePin } from './verify-pin.ts';

export interface StageDeps extends ReceiveDeps, ReadDeps, AdmitDeps, RecordDeps {
  readonly config: Parameters<typeof createIdentify>[0]['config'];
  readonly upstreams: Upstreams;
  /** Cuts the call that a legacy client cancels. */
  readonly cancel: (call: CallState) => void;
}

export interface Stages {
  /** What every message passes before its method is known. */
  readonly head: Composition<'created', 'read'>;
  /** `initialize`, `server/discover`, `ping` and notifications. */
  readonly discover: Composition<'read', 'answerable'>;
  /** `tools/list`. */
  readonly list: Composition<'read', 'answerable'>;
  /** `tools/call`. */
  readonly call: Composition<'read', 'answerable'>;
  /** What follows however a message ended. */
  readonly reply: (call: CallState) => unknown;
  readonly record: (call: CallState) => unknown;
}

/**
 * The security of the product on one screen: which stages each family of methods passes, and in which order. A
 * stage fits only behind the one whose milestone it takes, so `dispatch` cannot be reached around `authorize`.
 */
export function createStages(deps: StageDeps, overrides: StageOverrides = {}): Stages {
  return {
    head: compose<'created'>(overrides)
      .pass('receive', createReceive(deps))
      .pass('identify', createIdentify(deps))
      .pass('read', createRead(deps)),
    discover: compose<'read'>(overrides)
      .pass('admit', createAdmitOwn(deps))
      .pass('resolve', createResolveOwn(deps)),
    list: compose<'read'>(overrides).pass('admit', createAdmitOwn(deps)).pass('authorize', authorizeList),
    call: compose<'read'>(overrides)
      .pass('resolve', createResolve(deps.upstreams))
      .pass('admit', createAdmit(deps))
      .pass('verifyPin', createVerifyPin({ schemas: createArgumentSchemas(), nowMs: deps.nowMs }))
      .pass('authorize', authorize)
      .pass('inspectRequest', inspectRequest)
      .pass('hold', hold)
      .pass('verifyPin', settlePin)
      .pass('lendCredential', lendCredential)
      .pass('recordIntent', createRecordIntent(deps.spool))
      .pass('dispatch', dispatch)
      .pass('inspectResponse', inspectResponse),
    reply: overrides.reply ?? reply,
    record: overrides.record ?? createRecord(deps),
  };
}

const always: readonly StageName[] = ['reply', 'record'];

/** The matrix of stages and families, from the compositions themselves. */
export function stageMatrix(stages: Stages): Readonly<Record<string, Readonly<Record<StageName, boolean>>>> {
  const column = (steps: readonly { readonly name: StageName }[]): Record<StageName, boolean> => {
    const names = new Set([...stages.head.steps, ...steps].map((step) => step.name));
    return Object.fromEntries(
      stageNames.map((name) => [name, names.has(name) || always.includes(name)]),
    ) as Record<StageName, boolean>;
  };
  return {
    discover: column(stages.discover.steps),
    list: column(stages.list.steps),
    call: column(stages.call.steps),
  };
}
