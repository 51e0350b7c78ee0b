import { hash } from 'node:crypto';
import { type Finding, scanJson } from '@sallyport/detection';
import { toLegacyResult, toModernResult, type WireObject } from '@sallyport/mcp';
import { serverInfo } from '../wire/server-info.ts';
import { type Call, grant } from './call.ts';
import { judge } from './inspect-request.ts';
import type { Stage } from './pipeline.ts';
import { withoutOwnMeta } from './upstream-voice.ts';

/** Stage 13: what the upstream answered, before the model sees it. */
export const inspectResponse: Stage<'dispatched', 'answerable'> = (call) => {
  const { reply } = call;
  const seen =
    reply.kind === 'result' ? reply.result : { message: reply.error.message, data: reply.error.data };
  const halted = judge(call, scanResult(seen), call.tenant.settings.responseInspection, 'blocked_response');
  if (halted) return halted;
  call.resultIsError = reply.kind === 'error' || reply.result.isError === true;
  if (reply.kind === 'result') {
    call.resultText = JSON.stringify(inEraOf(call, withoutOwnMeta(reply.result)));
    call.resultDigest = hash('sha256', call.resultText, 'hex');
  }
  return grant<'answerable'>(call);
};

/** Everything textual of a result; base64 of images and audio is not text. */
export function scanResult(value: unknown): readonly Finding[] {
  return scanJson(value, 'result');
}

/**
 * The result as it was inspected, in the caller's era. It is written anew from what was parsed: bytes that another
 * parser might read differently never pass.
 */
function inEraOf(call: Call<'dispatched'>, result: WireObject): WireObject {
  if (call.era === 'modern') {
    return result.resultType === 'complete' && result._meta !== undefined
      ? result
      : toModernResult(result, serverInfo);
  }
  return result.resultType === undefined ? result : toLegacyResult(result);
}
