import type { TenantId } from '@sallyport/kernel';
import { z } from 'zod';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import { observeTool } from './observe-tool.ts';

const payloadSchema = z.object({
  toolId: z.string(),
  observedDigest: z.string().nullable(),
  definition: z.string().nullable(),
});

/** Takes in what a worker saw of a tool; the same observation again changes nothing. */
export class TakeInObservation {
  constructor(private readonly changes: TenantChanges) {}

  async execute(tenantId: string, payload: unknown): Promise<void> {
    const frame = payloadSchema.parse(payload);
    const author = { tenantId: tenantId as TenantId, userId: null };
    await this.changes.run(author, async (change) => {
      // The frame itself is the receipt.
      change.hasReceipt = true;
      const { observedDigest, definition } = frame;
      const isGone = observedDigest === null || definition === null;
      const seen = isGone ? null : { digest: observedDigest, definition };
      await observeTool(change, frame.toolId, seen, 'a worker');
    });
  }
}
