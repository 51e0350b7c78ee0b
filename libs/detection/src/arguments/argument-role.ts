/** What an argument is for; it decides which syntax is ordinary in it and which breaks out of it. */
export const argumentRoles = [
  'shell',
  'sql',
  'nosql',
  'path',
  'url',
  'template',
  'xml',
  'ldap',
  'code',
  'regex',
  'email',
  'identifier',
  'free_text',
] as const;
export type ArgumentRole = (typeof argumentRoles)[number];
