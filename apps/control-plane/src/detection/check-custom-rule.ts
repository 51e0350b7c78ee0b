import { ruleProblems, type Surface, tryCustomRule } from '@sallyport/detection';
import { AppError } from '@sallyport/kernel';
import { customRuleSchema, type SnapshotCustomRule } from '@sallyport/snapshot';
import { readId } from '../graphql/wire-ids.ts';
import { readName } from '../platform/reason.ts';
import type { CustomRuleInputModel, CustomRuleTrialModel } from './custom-rule.model.ts';
import { lower } from './detection-words.ts';

/** A rule as it is stored, checked. */
export interface CheckedRule extends Omit<SnapshotCustomRule, 'id'> {
  readonly enabled: boolean;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Reads a rule as an admin wrote it.
 * @throws AppError `invalid_input`, `not_found` (a tool's id that is none)
 */
export function readRule(input: CustomRuleInputModel): CheckedRule {
  const code = input.code.trim();
  const rule = {
    code: code.startsWith('custom_') ? code : `custom_${code}`,
    title: readName(input.title, 'title'),
    kind: lower(input.kind),
    value: input.value,
    surfaces: [...new Set(input.surfaces.map((surface) => lower(surface) as Surface))].sort(),
    severity: lower(input.severity),
    toolIds: input.toolIds ? [...new Set(input.toolIds.map((id) => readId('tool', id)))].sort() : null,
  };
  if (rule.toolIds?.length === 0)
    throw ruleFault('toolIds', 'name at least one tool, or none at all for every tool');
  const parsed = customRuleSchema.safeParse({ ...rule, id: nobody });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = String(issue?.path[0] ?? 'input');
    throw ruleFault(field, `${field}: ${issue?.message ?? 'invalid'}`);
  }
  const problem = ruleProblems(rule)[0];
  if (problem !== undefined) throw ruleFault('value', problem);
  return { ...rule, enabled: input.enabled };
}

/** Says which field of a rule is wrong, and why. */
export function ruleFault(field: string, reason: string): AppError {
  return new AppError('invalid_input', reason, { details: { field, reason } });
}

const maxTrialText = 100_000;

/** What a rule that is not saved yet would find in a text; what is wrong with it is said, not thrown. */
export function tryRule(
  rule: Pick<CustomRuleInputModel, 'kind' | 'value'>,
  text: string,
): CustomRuleTrialModel {
  if (text.length > maxTrialText) throw ruleFault('text', `at most ${maxTrialText} characters are tried`);
  return tryCustomRule({ kind: lower(rule.kind), value: rule.value }, text);
}
