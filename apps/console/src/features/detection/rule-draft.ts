import type { CustomRuleInput, CustomRuleRowFragment, DetectionSurface } from '../../generated/graphql.ts';

/** Surfaces that a rule of a tenant may look at, those of calls first. */
export const ruleSurfaces = [
  'ARGUMENTS',
  'RESULT',
  'RESOURCE',
  'PROMPT',
  'TOOL_DEFINITION',
] as const satisfies readonly DetectionSurface[];

export type RuleDraft = Required<Omit<CustomRuleInput, 'toolIds'>> & {
  readonly toolIds: readonly string[] | null;
};

const prefix = 'custom_';

/** An empty draft, or that of a stored rule. */
export function toDraft(rule: CustomRuleRowFragment | null): RuleDraft {
  if (rule === null) {
    return {
      code: '',
      title: '',
      kind: 'KEYWORDS',
      value: '',
      surfaces: ['ARGUMENTS', 'RESULT'],
      severity: 'HIGH',
      toolIds: null,
      enabled: true,
    };
  }
  const { code, title, kind, value, surfaces, severity, toolIds, enabled } = rule;
  const shown = code.startsWith(prefix) ? code.slice(prefix.length) : code;
  return { code: shown, title, kind, value, surfaces, severity, toolIds, enabled };
}

/** A code made of a title, until somebody writes another one. */
export function codeOf(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
}

/** What the API takes. */
export function toInput(draft: RuleDraft): CustomRuleInput {
  const { toolIds, ...rest } = draft;
  return {
    ...rest,
    code: draft.code.trim() === '' ? codeOf(draft.title) : draft.code.trim(),
    title: draft.title.trim(),
    surfaces: [...draft.surfaces],
    toolIds: toolIds === null ? null : [...toolIds],
  };
}

/** Whether everything is there that a rule needs. */
export function isComplete(draft: RuleDraft): boolean {
  return (
    draft.title.trim() !== '' &&
    draft.value.trim() !== '' &&
    draft.surfaces.length > 0 &&
    (draft.toolIds === null || draft.toolIds.length > 0) &&
    toInput(draft).code !== ''
  );
}
