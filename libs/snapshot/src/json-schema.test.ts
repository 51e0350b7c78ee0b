import { expect, it } from 'vitest';
import { z } from 'zod';
import { tenantSnapshotSchema } from './index.ts';

it('has a published JSON Schema that says what workers check (`vitest -u` writes it)', async () => {
  const schema = z.toJSONSchema(tenantSnapshotSchema);
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../generated/tenant-snapshot.schema.json',
  );
});
