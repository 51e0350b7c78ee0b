import {
  type ArgumentRole,
  type CompiledRules,
  createRoles,
  createTokenBook,
  type Detector,
  explainText,
  type Finding,
  findSensitive,
  pathOf,
  type RedactionPolicy,
  redactJson,
  redactText,
  type SensitiveSpan,
  type Surface,
  type TextExplanation,
  type ToolFacts,
  type Verdict,
  walkJson,
} from '@sallyport/detection';

/** The surfaces that can be tried. */
export const playgroundSurfaces = [
  'result',
  'arguments',
  'resource',
  'prompt',
  'tool_definition',
] as const satisfies readonly Surface[];
export type PlaygroundSurface = (typeof playgroundSurfaces)[number];

export interface PlaygroundInput {
  readonly text: string;
  readonly surface: PlaygroundSurface;
  /** For arguments that are a text and no JSON. */
  readonly role: ArgumentRole;
  readonly tool: ToolFacts | null;
  readonly roles: Readonly<Record<string, ArgumentRole>>;
  readonly customRules: CompiledRules | null;
  readonly policy: RedactionPolicy;
}

/** One string of what was pasted, with every stage it passes. */
export interface ExplainedString {
  /** JSON Pointer; empty for a plain text. */
  readonly path: string;
  readonly text: string;
  readonly role: ArgumentRole | null;
  readonly explanation: TextExplanation;
  readonly sensitive: readonly SensitiveSpan[];
  /** What the detector as a whole says of this string. */
  readonly findings: readonly Finding[];
}

export interface RedactedInput {
  readonly text: string;
  readonly hits: readonly {
    readonly path: string;
    readonly type: string;
    readonly action: string;
    readonly count: number;
  }[];
  readonly blockedBy: string | null;
}

export interface Explained {
  readonly isJson: boolean;
  readonly verdict: Verdict;
  readonly strings: readonly ExplainedString[];
  /** Strings that are not shown, because there are too many. */
  readonly leftOut: number;
  readonly redacted: RedactedInput;
}

const maxStrings = 100;
const minCharacters = 1;

/** Objects and lists are read as JSON; everything else is a text. */
export function readJson(text: string): { readonly value: unknown } | null {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return null;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

function judge(detector: Detector, input: PlaygroundInput, value: unknown): Verdict {
  const { surface, tool, roles, customRules } = input;
  const rules = customRules === null ? {} : { customRules };
  if (surface === 'tool_definition') {
    const definition = typeof value === 'string' ? { name: 'pasted', description: value } : value;
    return detector.judgeDefinition(definition, rules);
  }
  const context = { ...rules, ...(tool === null ? {} : { tool }) };
  if (surface !== 'arguments') return detector.judgePayload(value, surface, context);
  if (typeof value === 'string')
    return detector.judgeArguments({ value }, { ...context, roles: { '/value': input.role } });
  return detector.judgeArguments(value, { ...context, roles });
}

interface StringOf {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly role: ArgumentRole | null;
}

function stringsOf(input: PlaygroundInput, value: unknown): readonly StringOf[] {
  const { surface, tool, roles } = input;
  const isArguments = surface === 'arguments';
  if (typeof value === 'string')
    return [{ path: '', name: '', text: value, role: isArguments ? input.role : null }];
  const roleOf = isArguments ? createRoles(tool ?? undefined, roles) : null;
  const found: StringOf[] = [];
  walkJson(value, { maxDepth: 64, maxNodes: 20_000 }, (node) => {
    if (typeof node.value !== 'string' || node.value.trim().length < minCharacters) return;
    found.push({
      path: pathOf(node),
      name: node.key ?? '',
      text: node.value,
      role: roleOf === null ? null : roleOf(node),
    });
  });
  return found;
}

/** A text whose line breaks alone are written out hides nothing. */
function withoutEmptyStages(explanation: TextExplanation): TextExplanation {
  if (Object.keys(explanation.hidden).length > 0) return explanation;
  return { ...explanation, stages: explanation.stages.filter(({ kind }) => kind !== 'visible') };
}

/** A text of arguments is judged as the argument `value`, one of a definition as its description. */
function ownPath(path: string, surface: PlaygroundSurface, isJson: boolean): string {
  if (isJson) return path;
  return surface === 'arguments' ? '/value' : surface === 'tool_definition' ? '/description' : path;
}

function redact(input: PlaygroundInput, value: unknown): RedactedInput {
  const book = createTokenBook();
  if (typeof value === 'string') {
    const { value: text, hits, blockedBy } = redactText(value, input.policy, book);
    return { text, hits, blockedBy };
  }
  const done = redactJson(value, input.policy, book);
  return { text: JSON.stringify(done.value, null, 2), hits: done.hits, blockedBy: done.blockedBy };
}

/** Everything that detection makes of a pasted text, here and now. */
export function explainInput(detector: Detector, input: PlaygroundInput): Explained {
  const json = readJson(input.text);
  const value = json === null ? input.text : json.value;
  const isJson = json !== null;
  const verdict = judge(detector, input, value);
  const all = stringsOf(input, value);
  const toolText = input.tool === null ? '' : `${input.tool.name} ${input.tool.description ?? ''}`;
  const strings = all.slice(0, maxStrings).map(({ path, name, text, role }): ExplainedString => {
    const own = ownPath(path, input.surface, isJson);
    return {
      path,
      text,
      role,
      explanation: withoutEmptyStages(
        explainText(text, input.surface, {
          name,
          toolText,
          ...(role === null ? {} : { role }),
          ...(input.customRules === null ? {} : { customRules: input.customRules }),
        }),
      ),
      sensitive: findSensitive(text, name === '' ? {} : { name }),
      findings: verdict.findings.filter((finding) => finding.path === own && finding.part === 'value'),
    };
  });
  return {
    isJson,
    verdict,
    strings: [...strings].sort((a, b) => b.findings.length - a.findings.length),
    leftOut: all.length - strings.length,
    redacted: redact(input, value),
  };
}
