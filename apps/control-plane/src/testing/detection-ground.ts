import type { TenantId } from '@sallyport/kernel';
import { parseSnapshot } from '@sallyport/snapshot';
import { afterAll, beforeAll, expect } from 'vitest';
import { publishServer } from './catalog-steps.ts';
import { type Browser, startTestControlPlane, type TestControlPlane } from './test-control-plane.ts';

interface Ground {
  readonly plane: TestControlPlane;
  readonly tenantId: TenantId;
  readonly owner: Browser;
  readonly toolId: string;
}

/** A control plane with one tenant, its owner and a published tool, for the tests of one `describe`. */
export function useDetectionGround() {
  let ground: Ground;
  beforeAll(async () => {
    const plane = await startTestControlPlane();
    const tenantId = await plane.createTenant('detect');
    const owner = await plane.signIn({ email: 'o@detect.example', tenantId });
    await publishServer(plane, owner, tenantId, { name: 'files', tools: { read: 'Reads a file.' } });
    const { data } = await plane.graphql(owner, '{ servers { nodes { tools { id } } } }');
    ground = { plane, tenantId, owner, toolId: data.servers.nodes[0].tools[0].id };
  });
  afterAll(() => ground.plane.close());
  return {
    /** Stands from the first test on. */
    ground: () => ground,
    ask: async (document: string, variables: object = {}, browser = ground.owner) => {
      const answer = await ground.plane.graphql(browser, document, variables);
      expect(answer.errors).toEqual([]);
      return answer.data;
    },
    codeOf: async (document: string, variables: object = {}, browser = ground.owner) =>
      (await ground.plane.graphql(browser, document, variables)).errors[0]?.extensions.code,
    /** What workers would run on now. */
    published: async () => {
      const rows = await ground.plane.database.admin<{ envelope: string }>(
        'SELECT envelope FROM snapshot_version WHERE tenant_id = $1 ORDER BY version DESC LIMIT 1',
        [ground.tenantId],
      );
      const parsed = parseSnapshot(JSON.parse(rows[0]?.envelope ?? '{}').body);
      if (parsed.kind === 'invalid') throw new Error(parsed.detail);
      return parsed.snapshot.detection;
    },
  };
}
