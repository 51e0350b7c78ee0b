import { editDistance, type Finding, type Surface, skeleton, withoutOne } from '@sallyport/detection';

import { makeFinding, type VetRule } from './make-finding.ts';
import type { NeighbourServer, VettedServer } from './observation.ts';

const lookalikeServer: VetRule = {
  code: 'lookalike_server',
  title: 'Name imitates another server',
  severity: 'high',
  owasp: 'MCP09',
};
const similarServer: VetRule = {
  ...lookalikeServer,
  title: 'Name is close to another server',
  severity: 'medium',
};
const lookalikeTool: VetRule = {
  code: 'lookalike_tool',
  title: 'Name looks like another one',
  severity: 'high',
  owasp: 'MCP03',
};
const similarTool: VetRule = {
  code: 'similar_tool',
  title: 'Name is one letter from one of another server',
  severity: 'low',
  owasp: 'MCP03',
};

const boasts =
  /^(?:official|verified|real|original|secure)-|-(?:official|verified|real|original|secure|new|v2)$/;

/** Compares the names a server goes by with those of the other servers of the tenant. */
export function compareServerNames(
  server: VettedServer,
  ownName: string | undefined,
  neighbours: readonly NeighbourServer[],
): readonly Finding[] {
  const own = [server.slug, server.name, ...(ownName === undefined ? [] : [ownName])];
  const findings: Finding[] = [];
  for (const other of neighbours) {
    if (originOf(other.url) === originOf(server.url)) continue;
    const rule = worstOf(own, [other.slug, other.name]);
    if (rule) {
      const evidence = `${own.at(-1)} – ${other.name} (${originOf(other.url)})`;
      findings.push(makeFinding(rule, { surface: 'server_identity', path: '', evidence }));
    }
  }
  return findings;
}

function worstOf(own: readonly string[], others: readonly string[]): VetRule | undefined {
  let found: VetRule | undefined;
  for (const mine of own) {
    for (const theirs of others) {
      const rule = compareTwo(mine, theirs);
      if (rule === lookalikeServer) return rule;
      found ??= rule;
    }
  }
  return found;
}

function compareTwo(mine: string, theirs: string): VetRule | undefined {
  const a = plainName(mine);
  const b = plainName(theirs);
  if (b.length < 4) return undefined;
  if (a === b || a.replace(boasts, '') === b) return lookalikeServer;
  const allowed = b.length >= 10 ? 2 : b.length >= 6 ? 1 : 0;
  const isNumbered = a.replace(/\d+/g, '') === b.replace(/\d+/g, '');
  return allowed > 0 && !isNumbered && editDistance(a, b, allowed) <= allowed ? similarServer : undefined;
}

function plainName(name: string): string {
  return skeleton(name.slice(0, 128))
    .replace(/[\s_.]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function originOf(url: string): string {
  const end = url.indexOf('/', url.indexOf('://') + 3);
  return (end < 0 ? url : url.slice(0, end)).toLowerCase();
}

/** What the tool names of the neighbours look like, made once per vetting. */
export interface ToolNames {
  /** Skeleton → names as written, with their server. */
  readonly bySkeleton: ReadonlyMap<string, readonly NamedTool[]>;
  readonly byNearly: ReadonlyMap<string, readonly NamedTool[]>;
}

export interface NamedTool {
  readonly name: string;
  readonly server: string;
}

const minSimilarLength = 8;

/** Indexes names of one kind so that each comparison is a look-up. */
export function indexNames(
  neighbours: readonly NeighbourServer[],
  namesOf: (server: NeighbourServer) => readonly string[],
): ToolNames {
  const bySkeleton = new Map<string, NamedTool[]>();
  const byNearly = new Map<string, NamedTool[]>();
  for (const server of neighbours) {
    for (const name of namesOf(server)) {
      const key = skeleton(name);
      push(bySkeleton, key, { name, server: server.slug });
      if (key.length < minSimilarLength || key.length > 64) continue;
      for (const near of withoutOne(key)) push(byNearly, near, { name, server: server.slug });
    }
  }
  return { bySkeleton, byNearly };
}

const maxPerKey = 8;

function push(map: Map<string, NamedTool[]>, key: string, tool: NamedTool): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [tool]);
  else if (list.length < maxPerKey) list.push(tool);
}

/** Finds names of the neighbours that one could take this one for. The same plain name twice is no imitation. */
export function compareName(name: string, index: ToolNames, surface: Surface): readonly Finding[] {
  const key = skeleton(name);
  const at = { surface, path: '/name', start: 0, end: name.length } as const;
  const imitated = (index.bySkeleton.get(key) ?? []).find(
    (other) => other.name !== name && !sameButCase(other, name),
  );
  if (imitated) {
    return [
      makeFinding(lookalikeTool, { ...at, evidence: `${name} – ${imitated.name} of ${imitated.server}` }),
    ];
  }
  if (key.length < minSimilarLength || key.length > 64) return [];
  for (const near of withoutOne(key)) {
    for (const other of index.byNearly.get(near) ?? []) {
      if (isTypo(key, skeleton(other.name))) {
        return [makeFinding(similarTool, { ...at, evidence: `${name} – ${other.name} of ${other.server}` })];
      }
    }
  }
  return [];
}

function sameButCase(other: NamedTool, name: string): boolean {
  return other.name.toLowerCase() === name.toLowerCase();
}

/** One edit apart, and not merely singular and plural, numbered, or written with other separators. */
function isTypo(a: string, b: string): boolean {
  if (a === b || a === `${b}s` || b === `${a}s`) return false;
  const plain = (text: string) => text.replace(/[0-9_-]/g, '');
  return plain(a) !== plain(b) && editDistance(a, b, 1) === 1;
}

const sameUri: VetRule = {
  code: 'same_uri',
  title: 'Offers a URI that another server offers',
  severity: 'low',
  owasp: 'MCP03',
};

/** Finds the server that offers the same URI, or one that looks the same and is another. */
export function compareUri(uri: string, index: ToolNames): readonly Finding[] {
  const at = { surface: 'resource_listing', path: '/uri', start: 0, end: uri.length } as const;
  return (index.bySkeleton.get(skeleton(uri)) ?? []).slice(0, 1).map((other) => {
    const rule = other.name.toLowerCase() === uri.toLowerCase() ? sameUri : lookalikeTool;
    return makeFinding(rule, { ...at, evidence: `${uri} – ${other.name} of ${other.server}` });
  });
}

/** Finds names in one list that look alike although they differ. */
export function findLookalikesWithin(names: readonly string[]): readonly Finding[] {
  const seen = new Map<string, string>();
  const findings: Finding[] = [];
  for (const name of names) {
    const key = skeleton(name);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, name);
    else if (first !== name && first.toLowerCase() !== name.toLowerCase()) {
      const evidence = `${first} – ${name}`;
      findings.push(makeFinding(lookalikeTool, { surface: 'tool_definition', path: '/name', evidence }));
    }
  }
  return findings;
}
