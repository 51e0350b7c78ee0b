import type { Ask } from '../upstream/turn.ts';

/** Whether a question leads its user to an address that is not plain https. */
export function leadsAstray({ method, params }: Ask): boolean {
  return method === 'elicitation/create' && params?.mode === 'url' && !isSafeUrl(params.url);
}

function isSafeUrl(url: unknown): boolean {
  if (typeof url !== 'string' || !URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return protocol === 'https:' && username === '' && password === '';
}
