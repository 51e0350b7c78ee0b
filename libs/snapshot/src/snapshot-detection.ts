import {
  type ArgumentRole,
  customLimits,
  type DetectionMode,
  type FindingSeverity,
  type RedactionPolicy,
  type SensitiveAction,
  type SensitiveClass,
  type SensitiveType,
  type Surface,
  type Tier,
} from '@sallyport/detection';

/** What a finding does: the mode of its code, else of its tier, else of its severity. */
export interface SnapshotModes {
  readonly bySeverity: Readonly<Record<FindingSeverity, DetectionMode>>;
  readonly byTier: Readonly<Partial<Record<Tier, DetectionMode>>>;
  readonly byCode: Readonly<Record<string, DetectionMode>>;
}

/** Where one tool differs from its tenant. */
export interface SnapshotToolDetection {
  readonly modes?: {
    readonly bySeverity?: Readonly<Partial<Record<FindingSeverity, DetectionMode>>>;
    readonly byTier?: Readonly<Partial<Record<Tier, DetectionMode>>>;
    readonly byCode?: Readonly<Record<string, DetectionMode>>;
  };
  readonly outbound?: SnapshotToolRedaction;
  readonly inbound?: SnapshotToolRedaction;
  /** JSON Pointer into the arguments (`*` for the items of an array) → what that argument is for. */
  readonly roles?: Readonly<Record<string, ArgumentRole>>;
  readonly tags?: readonly string[];
}

export interface SnapshotToolRedaction {
  readonly byClass?: Readonly<Partial<Record<SensitiveClass, SensitiveAction>>>;
  readonly byType?: Readonly<Partial<Record<SensitiveType, SensitiveAction>>>;
}

/** A rule that the tenant wrote. */
export interface SnapshotCustomRule {
  readonly id: string;
  /** Starts with `custom_`, so it never takes the code of a built-in rule. */
  readonly code: string;
  readonly title: string;
  readonly kind: 'keywords' | 'pattern';
  /** Keywords: one a line. */
  readonly value: string;
  readonly surfaces: readonly Surface[];
  readonly severity: FindingSeverity;
  /** `null` = every tool. */
  readonly toolIds: readonly string[] | null;
}

/** A classifier of the tenant, asked over HTTP in the grey band only. */
export interface SnapshotExternalClassifier {
  readonly url: string;
  /** A box for the workers' key (base64), bound to `externalClassifierAad`. */
  readonly sealedToken: string | null;
  readonly budgetMs: number;
  readonly perMinute: number;
  readonly onFailure: 'pass' | 'block';
}

/** What detection and redaction do in a tenant. */
export interface SnapshotDetection {
  readonly modes: SnapshotModes;
  /** Arguments on their way to tools. */
  readonly outbound: RedactionPolicy;
  /** Results, resources and prompts on their way to the model. */
  readonly inbound: RedactionPolicy;
  /** Whether a token (`<EMAIL_1>`) in arguments becomes the value again. */
  readonly restoreTokens: 'never' | 'same_server' | 'always';
  /** By tool id; a tool that differs in nothing is not in it. */
  readonly tools: Readonly<Record<string, SnapshotToolDetection>>;
  readonly customRules: readonly SnapshotCustomRule[];
  readonly external: SnapshotExternalClassifier | null;
}

/** Limits that editors, compiler and workers all hold. */
export const detectionLimits = {
  maxCustomRules: customLimits.rules,
  maxRuleValueLength: 4_096,
  maxRuleTitleLength: 120,
  maxRuleTools: 500,
  /** Codes and types with a mode or an action of their own. */
  maxEntries: 500,
  maxRoles: 200,
  maxPointerLength: 256,
  maxTags: 20,
  maxBudgetMs: 5_000,
  maxPerMinute: 100_000,
} as const;

/** What the box of the external classifier's token is bound to. */
export function externalClassifierAad(tenantId: string): string {
  return `${tenantId}|external-classifier|token`;
}

/** Detection of a tenant that changed nothing: clear attacks are stopped where a direction blocks, secrets leave no result. */
export const defaultDetection: SnapshotDetection = {
  modes: {
    bySeverity: { low: 'monitor', medium: 'alert', high: 'block', critical: 'block' },
    byTier: {},
    byCode: {},
  },
  outbound: {
    byClass: {
      secret: 'alert',
      financial: 'allow',
      identity: 'allow',
      contact: 'allow',
      health: 'allow',
      network: 'allow',
    },
    byType: {},
  },
  inbound: {
    byClass: {
      secret: 'mask',
      financial: 'allow',
      identity: 'allow',
      contact: 'allow',
      health: 'allow',
      network: 'allow',
    },
    byType: {},
  },
  restoreTokens: 'same_server',
  tools: {},
  customRules: [],
  external: null,
};
