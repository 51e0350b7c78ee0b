import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { DirectoryDocument, PaletteCallsDocument } from '../../generated/graphql.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { fuzzyRank } from './fuzzy-rank.ts';
import {
  actionCommands,
  type CommandContext,
  callCommands,
  directoryCommands,
  type PaletteCommand,
  pageCommands,
  type Scope,
  type Section,
  scopeCommands,
  tenantCommands,
} from './palette-commands.tsx';

export interface RankedGroup {
  readonly id: Section | 'recent' | 'scope';
  readonly items: readonly PaletteCommand[];
}

const order: readonly Section[] = ['pages', 'actions', 'directory', 'calls', 'tenants'];
/** Most commands drawn of one section; typing on narrows them. */
const perSection = { pages: 24, actions: 12, directory: 12, calls: 6, tenants: 6 } as const satisfies Record<
  Section,
  number
>;

function useEntries(hasTenant: boolean) {
  const directory = useQuery({
    ...gqlQuery(
      DirectoryDocument,
      {},
      { touches: ['server', 'agent', 'policy', 'endpoint'], staleTimeMs: 60_000 },
    ),
    enabled: hasTenant,
  });
  const canReadCalls = usePermission('calls.read');
  const calls = useQuery({
    ...gqlQuery(PaletteCallsDocument, {}, { touches: ['call'], staleTimeMs: 10_000 }),
    enabled: hasTenant && canReadCalls,
  });
  return {
    entries: directory.data?.directory ?? [],
    calls: calls.data?.calls.nodes ?? [],
    isLoading: directory.isLoading,
  };
}

/** Sections by how well their best command fits; without a query only what was used lately, pages and actions. */
function rankAll(commands: readonly PaletteCommand[], query: string, recent: readonly string[]) {
  if (query.trim() === '') {
    const byId = new Map(commands.map((command) => [command.id, command]));
    const lately = recent.flatMap((id) => byId.get(id) ?? []).slice(0, 5);
    const known = new Set(lately.map((command) => command.id));
    const rest = commands.filter(
      ({ id, section }) => section !== 'directory' && section !== 'calls' && !known.has(id),
    );
    return [{ id: 'recent' as const, items: lately }, ...inSections(rest)];
  }
  const best = fuzzyRank(commands, query, recent, 400);
  const groups = inSections(best);
  const first = new Map<string, number>();
  for (const [place, command] of best.entries()) {
    if (!first.has(command.section)) first.set(command.section, place);
  }
  return groups.sort((a, b) => (first.get(a.id) ?? 0) - (first.get(b.id) ?? 0));
}

function inSections(commands: readonly PaletteCommand[]): RankedGroup[] {
  return order.map((section) => ({
    id: section,
    items: commands.filter((command) => command.section === section).slice(0, perSection[section]),
  }));
}

/** What the palette shows for a query. Everything is in memory, so a key press costs no request. */
export function usePaletteGroups(
  context: CommandContext,
  input: { readonly query: string; readonly scope: Scope | null; readonly recent: readonly string[] },
): { readonly groups: readonly RankedGroup[]; readonly isLoading: boolean } {
  const { query, scope, recent } = input;
  const { entries, calls, isLoading } = useEntries(context.viewer.tenant !== null);
  const fixed = useMemo(
    () => [
      ...pageCommands(context),
      ...actionCommands(context),
      ...directoryCommands(context, entries),
      ...tenantCommands(context),
    ],
    [context, entries],
  );
  const groups = useMemo((): readonly RankedGroup[] => {
    if (scope !== null) {
      return [{ id: 'scope', items: fuzzyRank(scopeCommands(context, scope, entries), query, recent, 50) }];
    }
    return rankAll([...fixed, ...callCommands(context, calls, query)], query, recent);
  }, [fixed, calls, context, entries, query, recent, scope]);
  return { groups: groups.filter((group) => group.items.length > 0), isLoading };
}
