import { scanJson } from '@sallyport/detection';
import { isJsonObject, type WireObject } from '@sallyport/mcp';
import { type Call, type Stop, stop } from '../call/call.ts';
import { judge } from '../call/inspect-request.ts';
import { missingCapability } from '../wire/client-capabilities.ts';
import type { Answers, Asks } from './answers.ts';

/**
 * What an upstream asks, before the client sees it. Invariant: T37, a question is judged like a result, needs a
 * capability that the client declared, and a link in it leads to https only.
 */
export function inspectAsks(call: Call<'intentRecorded'>, requests: Asks): Stop | undefined {
  for (const ask of Object.values(requests)) {
    const missing = missingCapability(call.clientCapabilities, ask);
    if (missing) return missingStop(call, missing);
    if (ask.method === 'elicitation/create' && ask.params?.mode === 'url' && !isSafeUrl(ask.params.url)) {
      const title = 'A server asks to open an address that is not https';
      return stop('blocked_response', { details: { finding: 'elicitation_url', path: '/url', title } });
    }
  }
  const texts = Object.fromEntries(Object.entries(requests).map(([key, { params }]) => [key, params ?? {}]));
  return judge(call, scanJson(texts, 'result'), call.tenant.settings.responseInspection, 'blocked_response');
}

/** The modern era has a word for it; a legacy client cannot help that the server asks. */
function missingStop(call: Call<'intentRecorded'>, requiredCapabilities: WireObject): Stop {
  if (call.era === 'modern') return stop('capability_missing', { details: { requiredCapabilities } });
  return stop('upstream_protocol', { details: { reason: 'undeclared_capability', requiredCapabilities } });
}

/** What the client answers, before the upstream sees it: judged like arguments. */
export function inspectAnswers(call: Call<'intentRecorded'>, answers: Answers): Stop | undefined {
  const texts = Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [key, answer.ok ? answer.result : answer.error]),
  );
  return judge(call, scanJson(texts, 'arguments'), call.tenant.settings.requestInspection, 'blocked_request');
}

function isSafeUrl(url: unknown): boolean {
  if (typeof url !== 'string' || !URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return protocol === 'https:' && username === '' && password === '';
}

/** The answers of a modern retry; a value that is no object is none. */
export function readAnswers(responses: Readonly<Record<string, unknown>>): Answers | undefined {
  const answers: Record<string, Answers[string]> = {};
  for (const [key, value] of Object.entries(responses)) {
    if (!isJsonObject(value)) return undefined;
    const { resultType: _type, ...result } = value;
    answers[key] = { ok: true, result };
  }
  return answers;
}
