import {
  type ArgumentRole,
  compileRules,
  createDetector,
  type RedactionPolicy,
  type SensitiveAction,
  type SensitiveClass,
  type SensitiveType,
  type Surface,
  sensitiveClasses,
  type ToolFacts,
  uniformPolicy,
} from '@sallyport/detection';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import {
  CustomRuleRowFragmentDoc,
  DetectionToolsDocument,
  type DetectionViewFragment,
  PlaygroundToolDocument,
  ToolRolesDocument,
} from '../../../generated/graphql.ts';
import { readFragment } from '../../../generated/index.ts';
import { gqlQuery } from '../../../lib/query.ts';
import { type Explained, explainInput, type PlaygroundSurface } from './explain-input.ts';
import { modelQuery } from './load-model.ts';

export interface PlaygroundChoice {
  readonly text: string;
  readonly surface: PlaygroundSurface;
  readonly role: ArgumentRole;
  readonly toolId: string | null;
  /** As this tenant is set, or everything masked, to see what is found at all. */
  readonly redaction: 'tenant' | 'mask';
}

type Settings = DetectionViewFragment['settings'];

/** Settings as the library takes them. */
export function toPolicy({ byClass, byType }: Settings['inbound']): RedactionPolicy {
  const lower = (action: string) => action.toLowerCase() as SensitiveAction;
  const known = new Map(byClass.map((entry) => [entry.class.toLowerCase(), lower(entry.action)]));
  const classes = sensitiveClasses.map((name): [SensitiveClass, SensitiveAction] => [
    name,
    known.get(name) ?? 'allow',
  ]);
  return {
    byClass: Object.fromEntries(classes) as Record<SensitiveClass, SensitiveAction>,
    byType: Object.fromEntries(byType.map(({ type, action }) => [type as SensitiveType, lower(action)])),
  };
}

/** The tools of the tenant to choose from. */
export function usePlaygroundTools() {
  const query = useQuery(gqlQuery(DetectionToolsDocument, {}, { touches: ['server'] }));
  return (query.data?.capabilities.capabilities ?? []).filter((tool) => tool.kind === 'TOOL');
}

function useTool(toolId: string | null) {
  const tools = usePlaygroundTools();
  const serverId = tools.find((tool) => tool.toolId === toolId)?.serverId ?? '';
  const server = useQuery({
    ...gqlQuery(PlaygroundToolDocument, { serverId }, { touches: ['server'] }),
    enabled: serverId !== '',
  });
  const detection = useQuery({
    ...gqlQuery(ToolRolesDocument, { toolId: toolId ?? '' }, { touches: ['detection'] }),
    enabled: toolId !== null,
  });
  const definition = server.data?.server?.tools.find((tool) => tool.id === toolId)?.definition;
  const own = detection.data?.toolDetection;
  return useMemo(() => {
    const roles = Object.fromEntries(
      (own?.roles ?? []).map(({ pointer, role }) => [pointer, role.toLowerCase() as ArgumentRole]),
    );
    return { tool: toFacts(definition, own?.tags ?? []), roles };
  }, [definition, own]);
}

function toFacts(definition: string | undefined, tags: readonly string[]): ToolFacts | null {
  if (definition === undefined) return null;
  try {
    const { name, description, inputSchema } = JSON.parse(definition) as Record<string, unknown>;
    return {
      name: typeof name === 'string' ? name : '',
      description: typeof description === 'string' ? description : null,
      inputSchema,
      tags,
    };
  } catch {
    return null;
  }
}

function useOwnRules(view: DetectionViewFragment, toolId: string | null) {
  const rules = readFragment(CustomRuleRowFragmentDoc, view.customRules);
  return useMemo(() => {
    const applying = rules.filter(
      ({ enabled, toolIds }) =>
        enabled && (toolIds === null || (toolId !== null && toolIds.includes(toolId))),
    );
    if (applying.length === 0) return null;
    return compileRules(
      applying.map(({ kind, surfaces, severity, ...rule }) => ({
        ...rule,
        kind: kind === 'PATTERN' ? 'pattern' : 'keywords',
        surfaces: surfaces.map((surface) => surface.toLowerCase() as Surface),
        severity: severity.toLowerCase() as 'low' | 'medium' | 'high' | 'critical',
      })),
    );
  }, [rules, toolId]);
}

export type PlaygroundState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'ready'; readonly explained: Explained; readonly hasModel: boolean; readonly ms: number }
  | { readonly kind: 'failed'; readonly message: string };

/** What detection makes of the text, counted in this browser. */
export function usePlayground(view: DetectionViewFragment, choice: PlaygroundChoice): PlaygroundState {
  const text = useDeferredValue(choice.text);
  const { surface, role, toolId, redaction } = choice;
  const model = useQuery(modelQuery);
  const { tool, roles } = useTool(toolId);
  const customRules = useOwnRules(view, toolId);
  const { outbound, inbound } = view.settings;
  return useMemo((): PlaygroundState => {
    if (model.isPending) return { kind: 'loading' };
    if (text.trim() === '') return { kind: 'empty' };
    const own = surface === 'arguments' ? outbound : inbound;
    const policy = redaction === 'tenant' ? toPolicy(own) : uniformPolicy('mask');
    try {
      const detector = createDetector({ model: model.data ?? null });
      const startedAt = performance.now();
      const explained = explainInput(detector, { text, surface, role, tool, roles, customRules, policy });
      return {
        kind: 'ready',
        explained,
        hasModel: model.data !== undefined,
        ms: performance.now() - startedAt,
      };
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }, [
    text,
    surface,
    role,
    tool,
    roles,
    customRules,
    redaction,
    outbound,
    inbound,
    model.data,
    model.isPending,
  ]);
}
