import type { Finding } from '@sallyport/detection';
import type { Sha256Hex } from '@sallyport/kernel';
import {
  type CapabilityKind,
  findJsonFault,
  isJsonObject,
  uiDefinition,
  type WireObject,
} from '@sallyport/mcp';
import { makeFinding, type VetRule } from './make-finding.ts';
import type { Observation } from './observation.ts';

const unreadableApp: VetRule = {
  code: 'ui_unreadable',
  title: 'App UI could not be read and is left out',
  severity: 'medium',
  owasp: null,
};

export interface ListedEntries {
  readonly entries: Readonly<Record<CapabilityKind, readonly unknown[]>>;
  /** The HTML of each `ui://` definition. */
  readonly apps: ReadonlyMap<unknown, string>;
  readonly findings: readonly Finding[];
}

/** What was listed, kind by kind; of a `ui://` resource what its content says too, so that its HTML is pinned. */
export function listedEntries(observation: Observation, sha256: Sha256Hex): ListedEntries {
  const listed = new Map<string, WireObject>();
  const plain: unknown[] = [];
  for (const entry of observation.resources) {
    const uri = uriOf(entry);
    if (!uri?.startsWith('ui://') || listed.has(uri)) plain.push(entry);
    else listed.set(uri, entry as WireObject);
  }
  const apps = new Map<unknown, string>();
  const findings: Finding[] = [];
  const definitions = observation.apps.flatMap(({ uri, read }) => {
    const safe = read !== null && findJsonFault([read, listed.get(uri)]) === undefined ? read : undefined;
    const made = safe && uiDefinition({ uri, listed: listed.get(uri), read: safe, sha256 });
    if (made) {
      apps.set(made, bodyOf(safe));
      return [made];
    }
    findings.push(
      makeFinding(unreadableApp, { surface: 'resource_listing', path: '/resources', evidence: uri }),
    );
    return [];
  });
  const { tools, prompts, resourceTemplates, instructions } = observation;
  return {
    entries: {
      tool: tools,
      prompt: prompts,
      resource: [...plain, ...definitions],
      template: resourceTemplates,
      instructions: instructions === null || instructions === '' ? [] : [{ instructions }],
    },
    apps,
    findings,
  };
}

function uriOf(entry: unknown): string | undefined {
  return isJsonObject(entry) && typeof entry.uri === 'string' ? entry.uri : undefined;
}

function bodyOf(read: Readonly<Record<string, unknown>> | undefined): string {
  const content: unknown = Array.isArray(read?.contents) ? read.contents[0] : undefined;
  return isJsonObject(content) && typeof content.text === 'string' ? content.text : '';
}
