import { scanText } from '@sallyport/detection';
import { toWireId } from '@sallyport/kernel';
import { estimateTokens, isJsonObject } from '@sallyport/mcp';
import type { ToolKind, ToolState } from '../servers/tool.model.ts';
import { toFindingModel } from '../vetting/report-view.ts';
import type {
  CapabilityModel,
  EndpointItemModel,
  EndpointKeyModel,
  EndpointModel,
} from './endpoint.model.ts';
import { isUsed } from './endpoint-capabilities.ts';
import { endpointRevision } from './endpoint-revision.ts';
import type { EndpointRow, EndpointsReadModel, EndpointView } from './endpoints.read-model.ts';

function toItem(item: EndpointRow['items'][number]): EndpointItemModel {
  const { name, description, hidden } = item;
  const findings = description === null ? [] : scanText(description, 'tool_definition');
  return {
    toolId: toWireId('tool', item.toolId),
    name,
    description,
    hidden,
    findings: findings.map(toFindingModel),
  };
}

function toKey(key: EndpointRow['keys'][number]): EndpointKeyModel {
  const { id, name, prefix, lastUsedAt, agent } = key;
  return {
    id: toWireId('apiKey', id),
    name,
    prefix,
    lastUsedAt,
    agent: { id: toWireId('agent', agent.id), name: agent.name },
  };
}

/** An endpoint as the API shows it. */
export function toEndpointModel({ row, entries }: EndpointView, url: string, now: Date): EndpointModel {
  const { slug, name, createdAt, toolSearch } = row;
  return {
    id: toWireId('endpoint', row.id),
    slug,
    name,
    url,
    createdAt,
    toolSearch,
    selection: row.selection.toUpperCase() as EndpointModel['selection'],
    naming: row.naming.toUpperCase() as EndpointModel['naming'],
    revision: endpointRevision(row),
    toolCount: entries.filter((entry) => entry.row.kind === 'tool').length,
    capabilityCount: entries.length,
    serverCount: new Set(entries.map((entry) => entry.row.server.id)).size,
    items: row.items.map(toItem),
    entries: entries.map((entry) => ({
      toolId: toWireId('tool', entry.row.id),
      kind: entry.row.kind.toUpperCase() as ToolKind,
      wireName: entry.wireName,
    })),
    keys: row.keys.filter((key) => key.expiresAt === null || key.expiresAt > now).map(toKey),
  };
}

type Choosable = Awaited<ReturnType<EndpointsReadModel['capabilities']>>[number];

/** A capability as the composer shows it, read from the definition that was approved. */
export function toCapabilityModel(row: Choosable): CapabilityModel {
  const text = row.pins[0]?.definition ?? row.definition;
  const value: unknown = JSON.parse(text);
  const definition = isJsonObject(value) ? value : {};
  const { title } = definition;
  const description = row.kind === 'instructions' ? definition.instructions : definition.description;
  return {
    toolId: toWireId('tool', row.id),
    kind: row.kind.toUpperCase() as ToolKind,
    name: row.name,
    exposedName: row.exposedName,
    state: row.state.toUpperCase() as ToolState,
    isUsed: isUsed(row),
    serverId: toWireId('server', row.server.id),
    title: typeof title === 'string' ? title.slice(0, 200) : null,
    description: typeof description === 'string' ? description.slice(0, 4_000) : null,
    tokens: estimateTokens(text),
  };
}
