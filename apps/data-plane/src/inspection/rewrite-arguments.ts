import { hash } from 'node:crypto';
import type { WireObject } from '@sallyport/mcp';
import type { Call } from '../call/call.ts';

/** Puts other arguments in the place of those of a call: what is judged, sent, digested and recorded from here on. */
export function rewriteArguments(call: Call<'resolved'>, args: WireObject): void {
  const { method, params } = call.request;
  const isNamed = method === 'tools/call' || method === 'prompts/get';
  const sent: WireObject = isNamed ? { ...params, arguments: args } : { ...params, ...args };
  const paramsText = JSON.stringify(sent);
  const isWholeJudged = method === 'prompts/get' || method === 'completion/complete';
  call.args = args;
  call.argsText = isWholeJudged ? paramsText : JSON.stringify(args);
  call.argsDigest = hash('sha256', call.argsText, 'hex');
  call.request = { method, params: sent, paramsText };
}
