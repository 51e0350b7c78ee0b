/** A policy that the console offers as a start. */
export interface PolicyTemplate {
  readonly id: 'role_grants_tools' | 'deny_tool' | 'condition_on_arguments';
  readonly title: string;
  readonly description: string;
  readonly fields: readonly TemplateField[];
  /** Fills the template; every value is quoted, so none can change the policy's meaning. */
  build(values: Readonly<Record<string, string>>): string;
}

export interface TemplateField {
  readonly name: string;
  readonly label: string;
  /** What a value must be: free text, one of the tenant's roles or tools, or the name of an argument. */
  readonly kind: 'text' | 'role' | 'tool' | 'tools' | 'argument';
  readonly example: string;
}

/** The three templates of the console. `tools` takes exposed names separated by commas. */
export const policyTemplates: readonly PolicyTemplate[] = [
  {
    id: 'role_grants_tools',
    title: 'A role may use certain tools',
    description:
      'Agents with the role may call the tools you name, and nothing else unless another policy permits it.',
    fields: [
      { name: 'role', label: 'Role', kind: 'role', example: 'support' },
      { name: 'tools', label: 'Tools', kind: 'tools', example: 'demo__search, demo__read' },
    ],
    build: (values) => {
      const tools = listOf(values.tools).map((tool) => `Tool::${quoted(tool)}`);
      return [
        '@id("role-grants-tools")',
        'permit(',
        `  principal in Role::${quoted(values.role)},`,
        '  action == Action::"call",',
        '  resource',
        ') when {',
        `  resource in [${tools.join(', ')}]`,
        '};',
        '',
      ].join('\n');
    },
  },
  {
    id: 'deny_tool',
    title: 'Nobody may use a tool',
    description: 'Forbids one tool for every agent, whatever else is permitted. Lists no longer show it.',
    fields: [
      { name: 'tool', label: 'Tool', kind: 'tool', example: 'demo__delete' },
      {
        name: 'reason',
        label: 'Reason shown to the caller',
        kind: 'text',
        example: 'Deleting needs a person.',
      },
    ],
    build: (values) =>
      [
        '@id("deny-tool")',
        `@reason(${quoted(values.reason ?? 'This tool is switched off.')})`,
        'forbid(',
        '  principal,',
        '  action,',
        `  resource == Tool::${quoted(values.tool)}`,
        ');',
        '',
      ].join('\n'),
  },
  {
    id: 'condition_on_arguments',
    title: 'Forbid a call by its arguments',
    description: 'Forbids a tool when an argument contains a text, for example a path that climbs with "..".',
    fields: [
      { name: 'tool', label: 'Tool', kind: 'tool', example: 'files__read' },
      { name: 'argument', label: 'Argument', kind: 'argument', example: 'path' },
      { name: 'text', label: 'Forbidden text', kind: 'text', example: '..' },
    ],
    build: (values) =>
      [
        '@id("condition-on-arguments")',
        `@reason(${quoted(`The argument "${values.argument ?? ''}" may not contain "${values.text ?? ''}".`)})`,
        'forbid(',
        '  principal,',
        '  action == Action::"call",',
        `  resource == Tool::${quoted(values.tool)}`,
        ') when {',
        `  context.args has ${quoted(values.argument)} &&`,
        `  context.args[${quoted(values.argument)}] like ${patternOf(values.text)}`,
        '};',
        '',
      ].join('\n'),
  },
];

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A Cedar string literal: what Rust's escapes allow. */
function quoted(text: string | undefined): string {
  return `"${escapeText(text ?? '')}"`;
}

/** A pattern that finds the text anywhere; the text stands for itself, stars included. */
function patternOf(text: string | undefined): string {
  return `"*${escapeText(text ?? '').replaceAll('*', '\\*')}*"`;
}

function escapeText(text: string): string {
  let escaped = '';
  for (const char of text.toWellFormed()) escaped += escapeChar(char);
  return escaped;
}

function escapeChar(char: string): string {
  if (char === '"' || char === '\\') return `\\${char}`;
  const code = char.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f ? `\\u{${code.toString(16)}}` : char;
}
