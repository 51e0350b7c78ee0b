import type { Finding } from '@sallyport/detection';
import { parseUriTemplate, templateBreadth } from '@sallyport/mcp';
import { makeFinding, type VetRule } from './make-finding.ts';

const unusable: VetRule = {
  code: 'template_unusable',
  title: 'Template cannot be compared with URIs, so nothing can be read through it',
  severity: 'low',
  owasp: null,
};
const open: VetRule = {
  code: 'template_open',
  title: 'Template matches every URI',
  severity: 'high',
  owasp: 'MCP05',
};
const openScheme: VetRule = {
  ...open,
  title: 'Template matches every URI of a scheme',
  severity: 'medium',
};
const reserved: VetRule = {
  code: 'reserved_uri',
  title: 'URI begins like those that the gateway gives',
  severity: 'medium',
  owasp: 'MCP03',
};

/** Looks at how much of the world a template opens. */
export function checkTemplate(text: string): readonly Finding[] {
  const at = { surface: 'resource_listing', path: '/uriTemplate', start: 0, end: text.length } as const;
  const parsed = parseUriTemplate(text);
  if (parsed.kind === 'invalid') {
    return [makeFinding(unusable, { ...at, evidence: `${parsed.fault.replaceAll('_', ' ')}: ${text}` })];
  }
  const breadth = templateBreadth(parsed.template);
  if (breadth === 'some') return [];
  return [makeFinding(breadth === 'all' ? open : openScheme, { ...at, evidence: text })];
}

/** Looks at a URI or URI template itself. */
export function checkUri(text: string, path: string): readonly Finding[] {
  if (!text.startsWith('sp-')) return [];
  return [makeFinding(reserved, { surface: 'resource_listing', path, evidence: text })];
}
