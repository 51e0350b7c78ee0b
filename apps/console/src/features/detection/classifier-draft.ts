import type { DetectionViewFragment, ExternalClassifierInput, OnFailure } from '../../generated/graphql.ts';

/** The form of the external classifier; numbers as they are typed. */
export interface ClassifierDraft {
  readonly url: string;
  readonly enabled: boolean;
  /** Empty: the stored one stays. */
  readonly token: string;
  readonly budgetMs: string;
  readonly perMinute: string;
  readonly onFailure: OnFailure;
}

/** What is stored, or the defaults. */
export function classifierDraft(external: DetectionViewFragment['external']): ClassifierDraft {
  return {
    url: external?.url ?? '',
    enabled: external?.enabled ?? false,
    token: '',
    budgetMs: String(external?.budgetMs ?? 300),
    perMinute: String(external?.perMinute ?? 60),
    onFailure: external?.onFailure ?? 'PASS',
  };
}

/** What the API takes. */
export function toClassifierInput(draft: ClassifierDraft): ExternalClassifierInput {
  return {
    url: draft.url.trim(),
    enabled: draft.enabled,
    budgetMs: Number.parseInt(draft.budgetMs, 10) || 0,
    perMinute: Number.parseInt(draft.perMinute, 10) || 0,
    onFailure: draft.onFailure,
    ...(draft.token === '' ? {} : { token: draft.token }),
  };
}
