import { scanJson } from '@sallyport/detection';
import { isJsonObject, type RpcError, type WireObject } from '@sallyport/mcp';
import { type Call, type Stop, stop } from '../call/call.ts';
import { judge } from '../call/inspect-request.ts';
import { missingCapability } from '../wire/client-capabilities.ts';
import type { Answers, Asks } from './answers.ts';
import { leadsAstray } from './ask-url.ts';
import { asksForUrls, isUrlRequired } from './asks-in-era.ts';

/**
 * What an upstream asks, before the client sees it. Invariant: T37, a question is judged like a result, needs a
 * capability that the client declared, and a link in it leads to https only.
 */
export function inspectAsks(call: Call<'intentRecorded'>, requests: Asks): Stop | undefined {
  for (const ask of Object.values(requests)) {
    const missing = missingCapability(call.clientCapabilities, ask);
    if (missing) return missingStop(call, missing);
    if (leadsAstray(ask)) {
      const title = 'A server asks to open an address that is not https';
      return stop('blocked_response', { details: { finding: 'elicitation_url', path: '/url', title } });
    }
  }
  const texts = Object.fromEntries(Object.entries(requests).map(([key, { params }]) => [key, params ?? {}]));
  return judge(call, scanJson(texts, 'result'), call.tenant.settings.responseInspection, 'blocked_response');
}

/**
 * An error by which a server of 2025-11-25 leads its user to pages: a question like any other. What is left of such
 * errors for a modern client is none that could be understood.
 */
export function inspectUrlError(call: Call<'intentRecorded'>, error: RpcError): Stop | undefined {
  if (!isUrlRequired(error)) return undefined;
  const asks = call.era === 'legacy' ? asksForUrls(error) : undefined;
  return asks ? inspectAsks(call, asks) : stop('upstream_protocol', { details: { reason: 'url_error' } });
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
