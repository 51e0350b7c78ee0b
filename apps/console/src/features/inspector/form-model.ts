import { asObject, asText, type Json, objectsOf, pretty } from './json-value.ts';

export type Control = 'text' | 'number' | 'integer' | 'boolean' | 'choice' | 'choices' | 'json';

export interface FormOption {
  /** The value as JSON. */
  readonly value: string;
  readonly label: string;
}

export interface FormField {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly isRequired: boolean;
  readonly control: Control;
  readonly options: readonly FormOption[];
  readonly start: FormValue;
}

/** Text of an input, a tick, or the chosen values. */
export type FormValue = string | boolean | readonly string[];
export type FormValues = Readonly<Record<string, FormValue>>;
export type Problem = 'required' | 'number' | 'integer' | 'json';

const maxFields = 100;

/** Reads an object schema as a flat form; `null` when only raw JSON can say what it wants. */
export function readForm(schema: unknown): readonly FormField[] | null {
  const root = asObject(schema);
  if (root === null) return null;
  const properties = asObject(root.properties);
  if (properties === null) return root.type === 'object' && !hasOtherShape(root) ? [] : null;
  const names = Object.keys(properties);
  if (names.length > maxFields || hasOtherShape(root)) return null;
  const required = new Set(Array.isArray(root.required) ? root.required : []);
  return names.map((name) => fieldOf(name, asObject(properties[name]) ?? {}, required.has(name)));
}

const shapes = ['oneOf', 'anyOf', 'allOf', '$ref', 'if'] as const;
const hasOtherShape = (schema: Json): boolean => shapes.some((key) => schema[key] !== undefined);

function fieldOf(name: string, schema: Json, isRequired: boolean): FormField {
  const { control, options } = controlOf(schema);
  return {
    name,
    title: asText(schema.title) ?? name,
    description: asText(schema.description),
    isRequired,
    control,
    options,
    start: startOf(control, schema.default, options, isRequired),
  };
}

function controlOf(schema: Json): Pick<FormField, 'control' | 'options'> {
  const single = optionsOf(schema);
  if (single !== null) return { control: 'choice', options: single };
  const { type } = schema;
  if (type === 'array') {
    const several = optionsOf(asObject(schema.items) ?? {});
    return several === null ? { control: 'json', options: [] } : { control: 'choices', options: several };
  }
  if (type === 'string') return { control: 'text', options: [] };
  if (type === 'number' || type === 'integer' || type === 'boolean') return { control: type, options: [] };
  return { control: 'json', options: [] };
}

function optionsOf(schema: Json): readonly FormOption[] | null {
  if (Array.isArray(schema.enum)) {
    const names = Array.isArray(schema.enumNames) ? schema.enumNames : [];
    return schema.enum.map((value, at) => ({
      value: JSON.stringify(value),
      label: asText(names[at]) ?? (typeof value === 'string' ? value : JSON.stringify(value)),
    }));
  }
  const named = objectsOf(schema.oneOf ?? schema.anyOf).filter((each) => each.const !== undefined);
  if (named.length === 0) return null;
  return named.map((each) => ({
    value: JSON.stringify(each.const),
    label: asText(each.title) ?? String(each.const),
  }));
}

function startOf(
  control: Control,
  given: unknown,
  options: readonly FormOption[],
  isRequired: boolean,
): FormValue {
  switch (control) {
    case 'boolean':
      return given === true;
    case 'choices':
      return Array.isArray(given) ? given.map((value) => JSON.stringify(value)) : [];
    case 'choice':
      return given === undefined ? (isRequired ? (options[0]?.value ?? '') : '') : JSON.stringify(given);
    case 'json':
      return given === undefined ? '' : pretty(given);
    default:
      return given === undefined ? '' : String(given);
  }
}

export const startValues = (fields: readonly FormField[]): FormValues =>
  Object.fromEntries(fields.map((field) => [field.name, field.start]));

export type Filled =
  | { readonly kind: 'ok'; readonly value: Json }
  | { readonly kind: 'problems'; readonly problems: Readonly<Record<string, Problem>> };

/** What was filled in, as arguments; an empty field that is not required is left out. */
export function toArguments(fields: readonly FormField[], values: FormValues): Filled {
  const value: Record<string, unknown> = {};
  const problems: Record<string, Problem> = {};
  for (const field of fields) {
    const read = readValue(field, values[field.name] ?? field.start);
    if (read.kind === 'problem') problems[field.name] = read.problem;
    else if (read.kind === 'value') value[field.name] = read.value;
  }
  return Object.keys(problems).length > 0 ? { kind: 'problems', problems } : { kind: 'ok', value };
}

type ReadValue =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'absent' }
  | { readonly kind: 'problem'; readonly problem: Problem };

function readValue(field: FormField, given: FormValue): ReadValue {
  if (typeof given === 'boolean') return { kind: 'value', value: given };
  if (typeof given !== 'string') {
    const chosen = given.map((text) => JSON.parse(text) as unknown);
    return chosen.length > 0 || field.isRequired ? { kind: 'value', value: chosen } : { kind: 'absent' };
  }
  if (given === '') {
    if (!field.isRequired) return { kind: 'absent' };
    return field.control === 'text' ? { kind: 'value', value: '' } : { kind: 'problem', problem: 'required' };
  }
  return readText(field.control, given);
}

function readText(control: Control, text: string): ReadValue {
  if (control === 'text') return { kind: 'value', value: text };
  if (control === 'number' || control === 'integer') {
    const value = Number(text);
    const isGood = Number.isFinite(value) && (control === 'number' || Number.isInteger(value));
    return isGood ? { kind: 'value', value } : { kind: 'problem', problem: control };
  }
  try {
    return { kind: 'value', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'problem', problem: 'json' };
  }
}

/** The named arguments of a prompt, as fields. */
export function promptFields(args: unknown): readonly FormField[] {
  return objectsOf(args).flatMap((arg) => {
    const name = asText(arg.name);
    return name === null ? [] : [textField(name, arg, arg.required === true)];
  });
}

function textField(name: string, facts: Json, isRequired: boolean): FormField {
  return {
    name,
    title: asText(facts.title) ?? name,
    description: asText(facts.description),
    isRequired,
    control: 'text',
    options: [],
    start: '',
  };
}

/** The variables of a URI template, as fields. */
export function templateFields(template: string): readonly FormField[] {
  const names = [...template.matchAll(/\{[+#./;?&]?([^{}]+)\}/g)].flatMap((found) =>
    (found[1] ?? '').split(',').map((name) => name.replace(/(\*|:\d+)$/, '')),
  );
  return [...new Set(names)].map((name) => textField(name, {}, true));
}

const operators: Readonly<
  Record<string, { readonly first: string; readonly between: string; readonly isNamed: boolean }>
> = {
  '': { first: '', between: ',', isNamed: false },
  '+': { first: '', between: ',', isNamed: false },
  '#': { first: '#', between: ',', isNamed: false },
  '.': { first: '.', between: '.', isNamed: false },
  '/': { first: '/', between: '/', isNamed: false },
  ';': { first: ';', between: ';', isNamed: true },
  '?': { first: '?', between: '&', isNamed: true },
  '&': { first: '&', between: '&', isNamed: true },
};

/** Writes the values into a template (RFC 6570, up to level 3). */
export function expandTemplate(template: string, values: Json): string {
  return template.replace(/\{([+#./;?&]?)([^{}]+)\}/g, (_whole, operator: string, list: string) => {
    const rule = operators[operator];
    if (rule === undefined) return '';
    const isPlain = operator === '+' || operator === '#';
    const parts = list.split(',').flatMap((raw) => {
      const name = raw.replace(/(\*|:\d+)$/, '');
      const text = String(values[name] ?? '');
      if (text === '' && operator !== '?' && operator !== '&') return [];
      const value = isPlain ? encodeURI(text) : encodeURIComponent(text);
      return [rule.isNamed ? `${name}=${value}` : value];
    });
    return parts.length === 0 ? '' : rule.first + parts.join(rule.between);
  });
}
