import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestControlPlane, type TestControlPlane } from '../testing/test-control-plane.ts';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startTestControlPlane();
});
afterAll(() => plane.close());

it('two owners who remove each other at once leave one', async () => {
  const tenantId = await plane.createTenant('duel');
  const ann = await plane.signIn({ email: 'ann@duel.example', tenantId });
  const bob = await plane.signIn({ email: 'bob@duel.example', tenantId });
  const { data } = await plane.graphql(ann, '{ members { id user { email } } }');
  const idOf = (email: string): string =>
    data.members.find((member: { user: { email: string } }) => member.user.email === email).id;
  const set = 'mutation($id: ID!) { setMemberRoles(id: $id, roles: [VIEWER]) { id } }';
  const replies = await Promise.all([
    plane.graphql(ann, set, { id: idOf('bob@duel.example') }),
    plane.graphql(bob, set, { id: idOf('ann@duel.example') }),
  ]);
  expect(replies.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
  const left = await plane.database.admin(
    `SELECT id FROM member WHERE tenant_id = '${tenantId}' AND 'owner' = ANY (roles)`,
  );
  expect(left).toHaveLength(1);
});
