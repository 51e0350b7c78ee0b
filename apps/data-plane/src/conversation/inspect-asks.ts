import { isJsonObject, type RpcError, type WireObject } from '@sallyport/mcp';
import { type Call, isStop, type Stop, stop } from '../call/call.ts';
import { bookOwner, type Inspector } from '../inspection/inspector.ts';
import { hasTokens, restoreValue } from '../inspection/restore-tokens.ts';
import { viewOf } from '../inspection/result-view.ts';
import { missingCapability } from '../wire/client-capabilities.ts';
import type { Answers, Asks } from './answers.ts';
import { leadsAstray } from './ask-url.ts';
import { asksForUrls, isUrlRequired } from './asks-in-era.ts';

/**
 * What an upstream asks, before the client sees it. Invariant: T37, a question is judged like a result, needs a
 * capability that the client declared, and a link in it leads to https only.
 */
export async function inspectAsks(
  inspector: Inspector,
  call: Call<'intentRecorded'>,
  requests: Asks,
): Promise<Asks | Stop> {
  for (const ask of Object.values(requests)) {
    const missing = missingCapability(call.clientCapabilities, ask);
    if (missing) return missingStop(call, missing);
    if (leadsAstray(ask)) {
      const title = 'A server asks to open an address that is not https';
      return stop('blocked_response', { details: { finding: 'elicitation_url', path: '/url', title } });
    }
  }
  const views = new Map(Object.entries(requests).map(([key, { params }]) => [key, viewOf(params ?? {})]));
  const value = Object.fromEntries([...views].map(([key, { view }]) => [key, view]));
  const seen = await inspector.inspect(call, { direction: 'inbound', surface: 'result', value });
  if (seen.kind === 'blocked') return seen.stop;
  if (seen.value === value) return requests;
  const passed = seen.value as Readonly<Record<string, unknown>>;
  const asks: Record<string, Asks[string]> = {};
  for (const [key, ask] of Object.entries(requests)) {
    const params = Object.hasOwn(passed, key) ? passed[key] : undefined;
    if (!isJsonObject(params)) return unfit('blocked_response');
    asks[key] = { ...ask, params: views.get(key)?.whole(params) ?? params };
  }
  return asks;
}

/** What is left of it is no question, or no answer, any more. */
function unfit(code: 'blocked_request' | 'blocked_response'): Stop {
  const title = 'What must not pass cannot be taken out';
  return stop(code, { details: { finding: 'redaction_unfit', path: '', title } });
}

/**
 * An error by which a server of 2025-11-25 leads its user to pages: a question like any other. What is left of such
 * errors for a modern client is none that could be understood.
 */
export function inspectUrlError(
  inspector: Inspector,
  call: Call<'intentRecorded'>,
  error: RpcError,
): Promise<Stop | undefined> | Stop | undefined {
  if (!isUrlRequired(error)) return undefined;
  const asks = call.era === 'legacy' ? asksForUrls(error) : undefined;
  if (!asks) return stop('upstream_protocol', { details: { reason: 'url_error' } });
  return inspectAsks(inspector, call, asks).then((seen) => (isStop(seen) ? seen : undefined));
}

/** The modern era has a word for it; a legacy client cannot help that the server asks. */
function missingStop(call: Call<'intentRecorded'>, requiredCapabilities: WireObject): Stop {
  if (call.era === 'modern') return stop('capability_missing', { details: { requiredCapabilities } });
  return stop('upstream_protocol', { details: { reason: 'undeclared_capability', requiredCapabilities } });
}

/**
 * What the client answers, before the upstream sees it: judged like arguments, its tokens values again. @returns the
 * answers as they may leave
 */
export async function inspectAnswers(
  inspector: Inspector,
  call: Call<'intentRecorded'>,
  answers: Answers,
): Promise<Answers | Stop> {
  const given = Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [key, answer.ok ? answer.result : answer.error]),
  );
  const restored = await restoreAnswers(inspector, call, given);
  if (restored.stop) return restored.stop;
  const seen = await inspectGiven(inspector, call, restored.value);
  if (isStop(seen)) return seen;
  if (seen === restored.value && restored.value === given) return answers;
  const left: Record<string, Answers[string]> = {};
  for (const [key, answer] of Object.entries(answers)) {
    const said = Object.hasOwn(seen, key) ? seen[key] : undefined;
    if (!isJsonObject(said)) return unfit('blocked_request');
    left[key] = answer.ok
      ? { ok: true, result: said }
      : { ok: false, error: { ...answer.error, message: String(said.message), data: said.data } };
  }
  return left;
}

/** Folders that a client offers are no arguments: of all URIs only a `file:` one is right there. */
const isRoots = (said: object): boolean => 'roots' in said && Array.isArray(said.roots);

async function inspectGiven(
  inspector: Inspector,
  call: Call<'intentRecorded'>,
  given: Given,
): Promise<Given | Stop> {
  const passed: Record<string, object> = {};
  let isChanged = false;
  for (const surface of ['arguments', 'result'] as const) {
    const part = Object.entries(given).filter(([, said]) => isRoots(said) === (surface === 'result'));
    if (part.length === 0) continue;
    const views = part.map(([key, said]) => [key, viewOf({ ...said })] as const);
    const value = Object.fromEntries(views.map(([key, { view }]) => [key, view]));
    const seen = await inspector.inspect(call, { direction: 'outbound', surface, value });
    if (seen.kind === 'blocked') return seen.stop;
    isChanged ||= seen.value !== value;
    const left = seen.value as Readonly<Record<string, unknown>>;
    for (const [key, { whole }] of views) {
      const said = Object.hasOwn(left, key) ? left[key] : undefined;
      if (!isJsonObject(said)) return unfit('blocked_request');
      passed[key] = whole(said);
    }
  }
  return isChanged ? passed : given;
}

type Given = Readonly<Record<string, object>>;

async function restoreAnswers(
  { books }: Inspector,
  call: Call<'intentRecorded'>,
  given: Given,
): Promise<{ readonly value: Given; readonly stop: Stop | undefined }> {
  const isOff = call.tenant.inspection.settings.restoreTokens === 'never';
  if (isOff || !hasTokens(JSON.stringify(given))) return { value: given, stop: undefined };
  await books.refresh(bookOwner(call));
  return restoreValue(call, books, given);
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
