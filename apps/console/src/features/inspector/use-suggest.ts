import { ApiError } from '../../lib/api-error.ts';
import { asObject, type Json } from './json-value.ts';
import { refusalOf } from './run-state.ts';
import { sendMessage, type Target } from './send-message.ts';
import type { Capability } from './use-capabilities.ts';

/** Asks the server to complete one argument, given the others. */
export type Suggest = (argument: string, value: string, others: Json) => Promise<readonly string[]>;

const methodNotFound = -32_601;

let suggestId = 1_500_000_000;

/** Completion, where the protocol has it: for prompts and templates. */
export function useSuggest(target: Target, { kind, name }: Capability): Suggest | null {
  if (kind !== 'prompt' && kind !== 'template') return null;
  const ref = kind === 'prompt' ? { type: 'ref/prompt', name } : { type: 'ref/resource', uri: name };
  return async (argument, value, others) => {
    suggestId += 1;
    const params = { ref, argument: { name: argument, value }, context: { arguments: others } };
    const { reply } = await sendMessage({ ...target, id: suggestId, method: 'completion/complete', params });
    // A server that completes nothing has no such method.
    if (reply?.kind === 'error' && reply.error.code === methodNotFound) return [];
    const refusal = reply === null ? null : refusalOf(reply);
    if (reply?.kind !== 'result') throw new ApiError('upstream_protocol', refusal?.text ?? 'no reply');
    const values = asObject(reply.result.completion)?.values;
    return Array.isArray(values) ? values.filter((each) => typeof each === 'string').slice(0, 50) : [];
  };
}
