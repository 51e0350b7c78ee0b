import type { Server } from '@sallyport/db';
import { type Json, toWireId } from '@sallyport/kernel';
import { type DefinitionChange, diffDefinitions } from '@sallyport/mcp';
import { z } from 'zod';
import type { ConnectionInfoModel, ServerState } from './server.model.ts';
import type { ConnectionRow, ToolRow } from './servers.read-model.ts';
import type { DefinitionChangeModel, FieldChangeModel, PinModel, ToolKind, ToolState } from './tool.model.ts';

/** A server for the API; the row's own id travels along for the field resolvers. */
export interface ServerView {
  readonly key: string;
  readonly ownerMemberId: string | null;
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly url: string;
  readonly state: ServerState;
  readonly grade: string | null;
  readonly createdAt: Date;
  readonly lastVettedAt: Date | null;
}

const upper = <T extends string>(text: T): Uppercase<T> => text.toUpperCase() as Uppercase<T>;

/** Maps a row. */
export function toServerView(row: Server): ServerView {
  return {
    key: row.id,
    ownerMemberId: row.ownerMemberId,
    id: toWireId('server', row.id),
    slug: row.slug,
    name: row.name,
    url: row.url,
    state: upper(row.state),
    grade: row.grade,
    createdAt: row.createdAt,
    lastVettedAt: row.lastVettedAt,
  };
}

/** Maps a connection; says whether there is a secret, never anything of it. */
export function toConnectionInfo(row: ConnectionRow | null): ConnectionInfoModel {
  if (!row) return { kind: 'NONE', hasSecret: false };
  return {
    kind: upper(row.kind),
    headerName: row.headerName,
    hasSecret: row.secretVersion > 0,
    updatedAt: row.updatedAt,
  };
}

export interface ToolView {
  readonly key: string;
  readonly pinRows: ToolRow['pins'];
  readonly id: string;
  readonly kind: ToolKind;
  readonly name: string;
  readonly exposedName: string;
  readonly state: ToolState;
  readonly definition: string;
  readonly observedDigest: string;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
}

/** Maps a tool. */
export function toToolView(row: ToolRow): ToolView {
  return {
    key: row.id,
    pinRows: row.pins,
    id: toWireId('tool', row.id),
    kind: upper(row.kind),
    name: row.name,
    exposedName: row.exposedName,
    state: upper(row.state),
    definition: row.definition,
    observedDigest: row.definitionDigest,
    firstSeen: row.firstSeen,
    lastSeen: row.lastSeen,
  };
}

/** Maps a pin. */
export function toPinModel(row: ToolRow['pins'][number], approvedBy: string | null): PinModel {
  return {
    id: toWireId('pin', row.id),
    digest: row.digest,
    definition: row.definition,
    approvedAt: row.approvedAt,
    approvedBy: approvedBy ?? 'Sallyport',
    supersededAt: row.supersededAt,
  };
}

/** What an inbox item of kind `tool` keeps of the change it is about. */
export const storedChangeSchema = z.object({
  beforeDigest: z.string(),
  afterDigest: z.string(),
  before: z.string(),
  after: z.string(),
  seenBy: z.string().optional(),
});
export type StoredChange = z.infer<typeof storedChangeSchema>;

/** A change with its diff, field by field. */
export function toChangeModel(
  tool: { readonly id: string; readonly name: string },
  change: StoredChange,
  at: Date,
): DefinitionChangeModel {
  return {
    tool: { id: toWireId('tool', tool.id), name: tool.name },
    at,
    beforeDigest: change.beforeDigest,
    afterDigest: change.afterDigest,
    before: change.before,
    after: change.after,
    fields: diffDefinitions(parse(change.before), parse(change.after)).map(toFieldChange),
  };
}

function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return text;
  }
}

function toFieldChange(change: DefinitionChange): FieldChangeModel {
  const write = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  return {
    path: change.path.join('.'),
    kind: change.kind,
    before: change.kind === 'added' ? null : write(change.before),
    after: change.kind === 'removed' ? null : write(change.after),
  };
}
