import {
  classOf,
  type DetectionMode,
  type Finding,
  isSensitiveType,
  type JudgeContext,
  type RedactionPolicy,
  sensitiveClasses,
} from '@sallyport/detection';
import type {
  SnapshotDetection,
  SnapshotModes,
  SnapshotToolDetection,
  SnapshotToolRedaction,
  ToolContext,
} from '@sallyport/snapshot';

export type Direction = 'outbound' | 'inbound';

/** What a tenant wants of the inspection of one capability. */
export interface ToolInspection {
  readonly context: JudgeContext;
  modeOf(finding: Finding): DetectionMode;
  /** Whether the tenant named this very code. */
  namesCode(code: string): boolean;
  /** `null` = nothing is looked for. */
  readonly outbound: RedactionPolicy | null;
  readonly inbound: RedactionPolicy | null;
  /** Of a tool: what its structured results look like. */
  outputSchema(): unknown;
}

/** The compiled settings of one version of a tenant's configuration. */
export interface TenantInspection {
  of(tool: ToolContext): ToolInspection;
  readonly settings: SnapshotDetection;
}

/** Makes what is needed of each capability when it is first called. */
export function createTenantInspection(settings: SnapshotDetection): TenantInspection {
  const kept = new Map<string, ToolInspection>();
  return {
    settings,
    of(tool) {
      let found = kept.get(tool.tool.id);
      if (!found) {
        found = compileTool(settings, tool);
        kept.set(tool.tool.id, found);
      }
      return found;
    },
  };
}

function compileTool(settings: SnapshotDetection, tool: ToolContext): ToolInspection {
  const own = settings.tools[tool.tool.id] ?? {};
  const modes = modesOf(settings.modes, own.modes);
  let schema: { readonly value: unknown } | undefined;
  return {
    context: contextOf(tool, own),
    modeOf: (finding) => {
      const byCode = Object.hasOwn(modes.byCode, finding.code) ? modes.byCode[finding.code] : undefined;
      return byCode ?? modes.byTier[finding.tier] ?? modes.bySeverity[finding.severity];
    },
    namesCode: (code) => Object.hasOwn(modes.byCode, code),
    outbound: policyOf(settings.outbound, own.outbound),
    inbound: policyOf(settings.inbound, own.inbound),
    outputSchema() {
      schema ??= { value: tool.definition().outputSchema };
      return schema.value;
    },
  };
}

function contextOf(tool: ToolContext, own: SnapshotToolDetection): JudgeContext {
  const { description } = tool.definition();
  return {
    tool: {
      name: tool.tool.name,
      description: typeof description === 'string' ? description : null,
      inputSchema: tool.inputSchema(),
      ...(own.tags ? { tags: own.tags } : {}),
    },
    ...(own.roles ? { roles: own.roles } : {}),
  };
}

function modesOf(ofTenant: SnapshotModes, own: SnapshotToolDetection['modes']): SnapshotModes {
  if (!own) return ofTenant;
  return {
    bySeverity: { ...ofTenant.bySeverity, ...own.bySeverity },
    byTier: { ...ofTenant.byTier, ...own.byTier },
    byCode: { ...ofTenant.byCode, ...own.byCode },
  };
}

function policyOf(ofTenant: RedactionPolicy, own: SnapshotToolRedaction | undefined): RedactionPolicy | null {
  const byClass = { ...ofTenant.byClass, ...own?.byClass };
  // What a tool says of a class outweighs what its tenant says of a type in it.
  const ofTypes = Object.entries(ofTenant.byType).filter(
    ([type]) => isSensitiveType(type) && own?.byClass?.[classOf(type)] === undefined,
  );
  const byType = { ...Object.fromEntries(ofTypes), ...own?.byType };
  const isIdle =
    sensitiveClasses.every((name) => byClass[name] === 'allow') &&
    Object.values(byType).every((action) => action === 'allow');
  return isIdle ? null : { byClass, byType };
}
