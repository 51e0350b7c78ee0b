import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestControlPlane, type TestControlPlane, testOrigin } from '../testing/test-control-plane.ts';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startTestControlPlane();
});
afterAll(() => plane.close());

it.each(['/graphql', '/%67raphql', '/graphq%6c', '/%67raphql?x=1'])(
  'T24: the gate stands before every spelling of the GraphQL route: %s',
  async (url) => {
    const headers = { host: '127.0.0.1:4400', origin: testOrigin };
    const reply = await plane.app.inject({
      method: 'POST',
      url,
      headers,
      payload: { query: '{ __typename }' },
    });
    expect(reply.statusCode).toBe(401);
    expect(reply.json().errors[0].extensions.code).toBe('unauthenticated');
  },
);
