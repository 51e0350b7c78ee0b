import { type Finding, scanJson } from '@sallyport/detection';
import { isJsonObject } from '@sallyport/mcp';
import { makeFinding, type VetRule } from './make-finding.ts';

const rule = (code: string, title: string, severity: VetRule['severity']): VetRule => ({
  code,
  title,
  severity,
  owasp: 'MCP05',
});
const anyHost = rule('ui_csp_open', 'App UI may speak with every host', 'high');
const manyHosts = rule('ui_csp_wildcard', 'App UI may speak with every host of a domain', 'medium');
const plainHost = rule('ui_csp_plain', 'App UI may speak without encryption', 'medium');
const oddHost = rule('ui_csp_odd', 'App UI names a host that is none', 'high');
const permission = rule('ui_permission', 'App UI asks for a permission of the browser', 'medium');
const oddType = rule('ui_odd', 'App UI is not of the type of MCP Apps', 'low');
const oddUri = rule('ui_odd', 'Tool names an app UI that is no ui:// resource', 'medium');

const appType = /^text\/html\s*;\s*profile=mcp-app$/i;
const cspMembers = ['connectDomains', 'resourceDomains', 'frameDomains', 'baseUriDomains'] as const;
const origin = /^[a-z][a-z0-9+.-]*:\/\/(?:\*\.)?[a-z0-9.-]+(?::[0-9]{1,5})?\/?$/i;
const wildcards: ReadonlySet<string> = new Set([
  '*',
  'https://*',
  'http://*',
  'wss://*',
  'ws://*',
  'https:',
  'http:',
]);
const maxDomains = 50;

/** Judges the HTML of an app, and what it asks of the frame it is shown in. */
export function checkApp(definition: Readonly<Record<string, unknown>>, html: string): readonly Finding[] {
  const ui = uiOf(definition);
  const type = typeof definition.mimeType === 'string' ? definition.mimeType : 'none';
  return [
    ...(appType.test(type) ? [] : [at(oddType, '/mimeType', type)]),
    ...cspFindings(ui.csp),
    ...permissionFindings(ui.permissions),
    ...scanJson(html, 'resource', { path: '/contents/0/text' }),
  ];
}

/** A tool may only name a `ui://` resource as its app. */
export function checkToolUi(definition: Readonly<Record<string, unknown>>): readonly Finding[] {
  const uri = toolUiUri(definition);
  if (uri === undefined || (typeof uri === 'string' && uri.startsWith('ui://'))) return [];
  const evidence = typeof uri === 'string' ? uri : JSON.stringify(uri).slice(0, 200);
  return [makeFinding(oddUri, { surface: 'tool_definition', path: '/_meta/ui/resourceUri', evidence })];
}

function toolUiUri(definition: Readonly<Record<string, unknown>>): unknown {
  const meta = isJsonObject(definition._meta) ? definition._meta : {};
  return uiOf(definition).resourceUri ?? meta['ui/resourceUri'];
}

function uiOf(definition: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const meta = isJsonObject(definition._meta) ? definition._meta : {};
  return isJsonObject(meta.ui) ? meta.ui : {};
}

function cspFindings(csp: unknown): readonly Finding[] {
  if (!isJsonObject(csp)) return [];
  return cspMembers.flatMap((member) => {
    const domains: readonly unknown[] = Array.isArray(csp[member]) ? csp[member] : [];
    return domains.slice(0, maxDomains).flatMap((domain, place) => {
      const found = judgeDomain(domain);
      const evidence = typeof domain === 'string' ? domain : typeof domain;
      return found ? [at(found, `/_meta/ui/csp/${member}/${place}`, evidence)] : [];
    });
  });
}

function judgeDomain(domain: unknown): VetRule | undefined {
  if (typeof domain !== 'string') return oddHost;
  if (wildcards.has(domain.trim().toLowerCase())) return anyHost;
  // A space, `;` or quote here would end the directive and begin another.
  if (!origin.test(domain)) return oddHost;
  if (domain.includes('*')) return manyHosts;
  return /^(?:http|ws):/i.test(domain) ? plainHost : undefined;
}

function permissionFindings(permissions: unknown): readonly Finding[] {
  if (!isJsonObject(permissions)) return [];
  return Object.keys(permissions)
    .slice(0, maxDomains)
    .map((name) => at(permission, '/_meta/ui/permissions', name));
}

function at(given: VetRule, path: string, evidence: string): Finding {
  return makeFinding(given, { surface: 'resource_listing', path, evidence });
}
