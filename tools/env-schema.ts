import ts from 'typescript';

/** One setting of a process, as its schema declares it. */
export interface Setting {
  readonly name: string;
  readonly about: string;
  /** The text of the default, or undefined where there is none. */
  readonly otherwise: string | undefined;
  readonly isRequired: boolean;
}

const schemaObject = (node: ts.Node): ts.ObjectLiteralExpression | undefined => {
  if (ts.isCallExpression(node) && /^z\.(object|strictObject)$/u.test(node.expression.getText())) {
    const [argument] = node.arguments;
    if (argument !== undefined && ts.isObjectLiteralExpression(argument)) return argument;
  }
  return ts.forEachChild(node, schemaObject);
};

const commentOf = (text: string, node: ts.Node): string => {
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const last = ranges.at(-1);
  if (last === undefined) return '';
  return text
    .slice(last.pos, last.end)
    .replace(/^\/\*\*?|\*\/$|^\/\//gu, '')
    .replace(/\n\s*\* ?/gu, ' ')
    .trim();
};

const defaultOf = (schema: string): string | undefined =>
  /\.(?:default|prefault)\(\s*((?:'[^']*'|[^()]*))\s*\)/u
    .exec(schema)?.[1]
    ?.replaceAll("'", '')
    .replaceAll('_', '');

/** The settings that an `env.ts` declares in its `z.object({ … })`, in their order. Values of other constants are not followed. */
export const settingsOf = (text: string): readonly Setting[] => {
  const file = ts.createSourceFile('env.ts', text, ts.ScriptTarget.Latest, true);
  const properties: readonly ts.ObjectLiteralElementLike[] = schemaObject(file)?.properties ?? [];
  const isSetting = (node: ts.ObjectLiteralElementLike): node is ts.PropertyAssignment =>
    ts.isPropertyAssignment(node);
  return properties.filter(isSetting).map((property) => {
    const schema = property.initializer.getText(file);
    const constant = /^(\w+)/u.exec(schema)?.[1] ?? '';
    const declared = new RegExp(`const ${constant}\\b[^=]*=([\\s\\S]*?);\\n`, 'u').exec(text)?.[1] ?? '';
    const whole = `${constant === 'z' ? '' : declared}${schema}`;
    return {
      name: property.name.getText(file),
      about: commentOf(text, property),
      otherwise: defaultOf(schema) ?? defaultOf(whole),
      isRequired: !/\.(optional|default|prefault)\(/u.test(whole),
    };
  });
};
