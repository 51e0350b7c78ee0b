import type { Prisma } from '../generated/client.ts';
import type { DoorName } from '../purposes.ts';

/**
 * Columns that a door's role may not read, so that Prisma does not ask for them (asking would fail the whole query).
 * A test compares this with the grants of `purposes.ts`.
 */
export const omittedColumns = {
  app: { serverConnection: { sealedSecret: true }, detectionExternal: { sealedToken: true } },
  authenticator: {},
  operator: {
    member: { lastSeenAt: true },
    server: {
      slug: true,
      name: true,
      url: true,
      stateReason: true,
      ownerMemberId: true,
      grade: true,
      lastVettedAt: true,
      capabilities: true,
      updatedAt: true,
    },
    snapshotVersion: { envelope: true, note: true, publishedBy: true },
    usageHour: {
      customerId: true,
      agentId: true,
      serverId: true,
      toolId: true,
      toolName: true,
      billable: true,
      bytesIn: true,
      bytesOut: true,
    },
  },
  publisher: {},
  scheduler: {},
} as const satisfies Partial<Record<DoorName, Prisma.GlobalOmitConfig>>;

export type PrismaDoorName = keyof typeof omittedColumns;
