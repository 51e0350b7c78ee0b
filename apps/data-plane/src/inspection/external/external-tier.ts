import { type Finding, type FindingSeverity, ruleVersion, visibleText } from '@sallyport/detection';
import type { Outbound } from '@sallyport/outbound';
import type { Metrics } from '@sallyport/telemetry';
import { createRateLimiter } from '../../call/rate-limiter.ts';
import type { Deeper, DeeperAnswer, DeeperQuestion } from '../deeper.ts';
import { type Asked, askClassifier, type NoAnswer } from './ask-classifier.ts';
import { classifierLimits } from './classifier-limits.ts';
import { createClassifierMetrics } from './classifier-metrics.ts';

export interface ExternalTierDeps {
  readonly outbound: Outbound;
  /** Opens the tokens that are sealed to the workers. */
  readonly sealPrivateKey: string;
  readonly nowMs: () => number;
  readonly metrics: Metrics;
}

/** As everywhere: from here on it is taken for an attack. */
const threshold = 0.5;
const maxExcerpt = 160;

/** The tenants' own classifiers, asked over HTTP. A tenant without one is never waited for, and nothing of it leaves. */
export function createExternalTier(deps: ExternalTierDeps): Deeper {
  const limiter = createRateLimiter();
  const inFlight = new Map<string, number>();
  const metrics = createClassifierMetrics(deps.metrics);

  const refusal = (tenantId: string, perMinute: number): NoAnswer | undefined => {
    if ((inFlight.get(tenantId) ?? 0) >= classifierLimits.maxInFlight) return 'busy';
    const rule = { ratePerMinute: perMinute, rateBurst: perMinute };
    return limiter.take(tenantId, rule, deps.nowMs()) > 0 ? 'over_budget' : undefined;
  };
  const ask: typeof askClassifier = async (by, classifier, question) => {
    const { id } = question.tenant;
    inFlight.set(id, (inFlight.get(id) ?? 0) + 1);
    const since = performance.now();
    try {
      return await askClassifier(by, classifier, question);
    } finally {
      metrics.took((performance.now() - since) / 1_000);
      const left = (inFlight.get(id) ?? 1) - 1;
      if (left > 0) inFlight.set(id, left);
      else inFlight.delete(id);
    }
  };
  return {
    isOpenFor: (tenant) => tenant.inspection.settings.external !== null,
    async judge(question) {
      const { external } = question.tenant.inspection.settings;
      if (external === null) return { kind: 'judged', findings: [], notes: [] };
      const refused = refusal(question.tenant.id, external.perMinute);
      const asked: Asked = refused
        ? { kind: 'failed', reason: refused }
        : await ask(deps, external, question);
      metrics.count(resultOf(asked));
      return toAnswer(asked, question, external.onFailure);
    },
  };
}

function resultOf(asked: Asked): Parameters<ReturnType<typeof createClassifierMetrics>['count']>[0] {
  if (asked.kind === 'failed') return asked.reason;
  if (asked.kind === 'left') return 'left';
  return asked.score >= threshold ? 'attack' : 'clear';
}

function toAnswer(asked: Asked, question: DeeperQuestion, onFailure: 'pass' | 'block'): DeeperAnswer {
  switch (asked.kind) {
    case 'left':
      return asked;
    case 'failed':
      return { kind: 'failed', tier: 'external', reason: asked.reason, onFailure };
    case 'answered': {
      const { score, label } = asked;
      const says = label === null ? '' : `: ${label}`;
      if (score < threshold) {
        // Invariant: T46, it may only add to what the first tiers say; a receipt shows that it was asked.
        const code = 'external_clear';
        const title = `The external classifier takes it for harmless${says}`;
        const note = findingOf(question, { code, title, severity: 'low', confidence: 1 - score });
        return { kind: 'judged', findings: [], notes: [note] };
      }
      const code = 'external_attack';
      const title = `The external classifier takes it for an attack${says}`;
      const finding = findingOf(question, { code, title, severity: 'high', confidence: score });
      return { kind: 'judged', findings: [finding], notes: [] };
    }
  }
}

/** About the most doubtful of the segments; the answer is about all of them. */
function findingOf(
  { surface, segments: [first] }: DeeperQuestion,
  facts: Pick<Finding, 'code' | 'title' | 'confidence'> & { readonly severity: FindingSeverity },
): Finding {
  const { path, part, start, end, text } = first;
  const excerpt = visibleText(text.length > maxExcerpt ? `${text.slice(0, maxExcerpt)}…` : text);
  const owasp = surface === 'prompt' ? 'MCP03' : 'MCP06';
  return { ...facts, surface, path, part, start, end, excerpt, owasp, tier: 'external', ruleVersion };
}
