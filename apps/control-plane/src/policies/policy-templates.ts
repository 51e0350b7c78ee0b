import { policyTemplates as builders } from '@sallyport/policy';

/** The policy that every new tenant starts with. */
export const defaultPolicy = {
  name: 'Allow all approved tools',
  text: 'permit(principal, action, resource);',
} as const;

/** The templates filled with their examples: a start to edit, nothing is stored until saved. */
export const policyTemplates = builders.map(({ id, title, description, fields, build }) => ({
  id,
  title,
  description,
  text: build(Object.fromEntries(fields.map((field) => [field.name, field.example]))),
}));
