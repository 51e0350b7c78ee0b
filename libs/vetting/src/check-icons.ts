import type { Finding, Surface } from '@sallyport/detection';
import { isJsonObject } from '@sallyport/mcp';
import { makeFinding, type VetRule } from './make-finding.ts';

const iconSource: VetRule = {
  code: 'icon_source',
  title: 'Icon is neither https nor an image in place',
  severity: 'medium',
  owasp: 'MCP04',
};

const maxIcons = 20;
const honest = /^(?:https:\/\/|data:image\/(?:png|jpeg|webp|gif|svg\+xml)[;,])/i;

/** Icons are loaded by clients beside whatever else they show: only over TLS, or from the definition itself. */
export function checkIcons(definition: unknown, surface: Surface, base: string): readonly Finding[] {
  const icons = isJsonObject(definition) && Array.isArray(definition.icons) ? definition.icons : [];
  return icons.slice(0, maxIcons).flatMap((icon: unknown, at) => {
    const src = isJsonObject(icon) ? icon.src : undefined;
    if (typeof src === 'string' && honest.test(src)) return [];
    const evidence = typeof src === 'string' ? src : 'no source';
    return [makeFinding(iconSource, { surface, path: `${base}/icons/${at}/src`, evidence })];
  });
}
