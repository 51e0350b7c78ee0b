import { isJsonObject, type WireObject } from '@sallyport/mcp';
import type { ToolContext } from '@sallyport/snapshot';
import type { ArgumentProblem } from './argument-schema.ts';

/** Names of a prompt's arguments, and whether each must be given. */
type Declared = ReadonlyMap<string, boolean>;

const known = new WeakMap<ToolContext, Declared>();
const maxProblems = 3;
const maxNameShown = 64;

function declaredBy(prompt: ToolContext): Declared {
  let declared = known.get(prompt);
  if (!declared) {
    const list = prompt.definition().arguments;
    declared = new Map(
      (Array.isArray(list) ? list : [])
        .filter((entry) => isJsonObject(entry) && typeof entry.name === 'string')
        .map((entry) => [entry.name, entry.required === true]),
    );
    known.set(prompt, declared);
  }
  return declared;
}

/** What of the given arguments is not as the approved prompt declares: missing, unknown, or no text. */
export function promptArgumentProblems(prompt: ToolContext, args: WireObject): readonly ArgumentProblem[] {
  const declared = declaredBy(prompt);
  const problems: ArgumentProblem[] = [];
  const add = (name: string, problem: string): void => {
    problems.push({ path: `/${name.slice(0, maxNameShown).toWellFormed()}`, problem });
  };
  for (const [name, isRequired] of declared) {
    if (isRequired && !Object.hasOwn(args, name)) add(name, 'is required');
  }
  for (const [name, value] of Object.entries(args)) {
    if (problems.length >= maxProblems) break;
    if (!declared.has(name)) add(name, 'is not an argument of this prompt');
    else if (typeof value !== 'string') add(name, 'must be text');
  }
  return problems.slice(0, maxProblems);
}
