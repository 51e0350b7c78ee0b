import { isAppError } from '@sallyport/kernel';
import type { Outbound, OutboundResponse } from '@sallyport/outbound';
import { externalClassifierAad, type SnapshotExternalClassifier } from '@sallyport/snapshot';
import { openBox } from '@sallyport/vault';
import { isJsonContent } from '../../wire/media-types.ts';
import type { DeeperQuestion } from '../deeper.ts';
import { type ClassifierAnswer, readAnswer } from './classifier-answer.ts';
import { classifierLimits } from './classifier-limits.ts';

/** Why there is no answer; also a label of metrics, so the set is closed. */
export type NoAnswer =
  | 'busy'
  | 'over_budget'
  | 'no_token'
  | 'timeout'
  | 'address_refused'
  | 'circuit_open'
  | 'unreachable'
  | 'redirect'
  | 'status'
  | 'too_large'
  | 'bad_answer';

export type Asked =
  | ({ readonly kind: 'answered' } & ClassifierAnswer)
  | { readonly kind: 'failed'; readonly reason: NoAnswer }
  | { readonly kind: 'left' };

/** Puts one question to a tenant's classifier: one POST through `outbound`, within its time. Never throws. */
export async function askClassifier(
  deps: { readonly outbound: Outbound; readonly sealPrivateKey: string },
  classifier: SnapshotExternalClassifier,
  question: DeeperQuestion,
): Promise<Asked> {
  const { tenant, signal } = question;
  const authorization = openToken(tenant.id, classifier, deps.sealPrivateKey);
  if (authorization === undefined) return { kind: 'failed', reason: 'no_token' };
  try {
    const response = await deps.outbound.request({
      url: classifier.url,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...authorization },
      body: bodyOf(question),
      // Another address begins with a closed circuit.
      circuit: `${tenant.id}/classifier/${classifier.url}`,
      signal,
      timeoutMs: classifier.budgetMs,
      maxResponseBytes: classifierLimits.maxAnswerBytes,
    });
    return await readResponse(response);
  } catch (error) {
    return signal.aborted ? { kind: 'left' } : { kind: 'failed', reason: reasonOf(error) };
  }
}

/** All that leaves: nothing in it says whose call it was, or which tool. */
function bodyOf({ surface, segments, score }: DeeperQuestion): string {
  const text = segments.map((segment) => segment.text).join('\n');
  return JSON.stringify({ format: 1, surface, text, score: Math.round(score * 1_000) / 1_000 });
}

/** Opened for each question, as upstream credentials are, and kept nowhere; `undefined` when the box does not open. */
function openToken(
  tenantId: string,
  { sealedToken }: SnapshotExternalClassifier,
  privateKey: string,
): Readonly<Record<string, string>> | undefined {
  if (sealedToken === null) return {};
  try {
    const plain = openBox({ privateKey, box: sealedToken, aad: externalClassifierAad(tenantId) });
    return { authorization: `Bearer ${Buffer.from(plain).toString('utf8')}` };
  } catch {
    return undefined;
  }
}

async function readResponse({ status, headers, body }: OutboundResponse): Promise<Asked> {
  // Read in any case: how the exchange ends is what the breaker counts.
  const bytes = await body.bytes();
  if (status !== 200) return { kind: 'failed', reason: 'status' };
  const answer = isJsonContent(headers['content-type']) ? readAnswer(bytes) : undefined;
  return answer ? { kind: 'answered', ...answer } : { kind: 'failed', reason: 'bad_answer' };
}

function reasonOf(error: unknown): NoAnswer {
  if (!isAppError(error)) return 'unreachable';
  const { reason } = error.details;
  switch (error.code) {
    case 'timeout':
      return 'timeout';
    case 'egress_denied':
      return 'address_refused';
    case 'upstream_protocol':
      if (reason === 'redirect') return 'redirect';
      return reason === 'response_too_large' || reason === 'compression_ratio' ? 'too_large' : 'bad_answer';
    case 'upstream_unreachable':
      if (reason === 'circuit_open') return 'circuit_open';
      return reason === 'too_many_in_flight' ? 'busy' : 'unreachable';
    default:
      return 'unreachable';
  }
}
