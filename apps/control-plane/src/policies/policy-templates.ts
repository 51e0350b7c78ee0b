/** A policy to start from; the console fills it into the editor, nothing is stored until saved. */
export interface PolicyTemplateEntry {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly text: string;
}

/** The policy that every new tenant starts with. */
export const defaultPolicy = {
  name: 'Allow all approved tools',
  text: 'permit(principal, action, resource);',
} as const;

export const policyTemplates: readonly PolicyTemplateEntry[] = [
  {
    id: 'role-server',
    title: 'One role, one server',
    description: 'Agents with a role may use every approved tool of one server.',
    text: `permit(
  principal in Role::"support",
  action,
  resource in Server::"demo"
);`,
  },
  {
    id: 'forbid-tool',
    title: 'Never this tool',
    description: 'Nobody may call one tool, whatever else allows it. A forbid always wins.',
    text: `@reason("Deleting needs a person")
forbid(
  principal,
  action == Action::"call",
  resource == Tool::"demo__delete_note"
);`,
  },
  {
    id: 'argument-limit',
    title: 'A limit on an argument',
    description: 'Calls whose argument is over a limit are refused.',
    text: `@reason("Amounts over 100 need a person")
forbid(
  principal,
  action == Action::"call",
  resource == Tool::"demo__transfer"
) when {
  context.args has amount && context.args.amount > 100
};`,
  },
];
