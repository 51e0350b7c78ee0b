import {
  type CompiledRules,
  classOf,
  compileRules,
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
  const rulesOf = createRuleSets(settings);
  return {
    settings,
    of(tool) {
      let found = kept.get(tool.tool.id);
      if (!found) {
        found = compileTool(settings, tool, rulesOf(tool.tool.id));
        kept.set(tool.tool.id, found);
      }
      return found;
    },
  };
}

/** The tenant's own rules by tool; tools with the same rules share what is compiled of them. */
function createRuleSets({ customRules }: SnapshotDetection): (toolId: string) => CompiledRules | undefined {
  const compiled = new Map<string, CompiledRules>();
  return (toolId) => {
    const rules = customRules.filter(({ toolIds }) => toolIds === null || toolIds.includes(toolId));
    if (rules.length === 0) return undefined;
    const name = rules.map(({ id }) => id).join();
    let known = compiled.get(name);
    if (!known) {
      known = compileRules(rules);
      compiled.set(name, known);
    }
    return known;
  };
}

function compileTool(
  settings: SnapshotDetection,
  tool: ToolContext,
  rules: CompiledRules | undefined,
): ToolInspection {
  const own = settings.tools[tool.tool.id] ?? {};
  const modes = modesOf(settings.modes, own.modes);
  let schema: { readonly value: unknown } | undefined;
  return {
    context: contextOf(tool, own, rules),
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

function contextOf(
  tool: ToolContext,
  own: SnapshotToolDetection,
  customRules: CompiledRules | undefined,
): JudgeContext {
  const { description } = tool.definition();
  return {
    tool: {
      name: tool.tool.name,
      description: typeof description === 'string' ? description : null,
      inputSchema: tool.inputSchema(),
      ...(own.tags ? { tags: own.tags } : {}),
    },
    ...(own.roles ? { roles: own.roles } : {}),
    ...(customRules ? { customRules } : {}),
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
