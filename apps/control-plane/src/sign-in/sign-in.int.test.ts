import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  browserHeaders,
  startTestControlPlane,
  type TestControlPlane,
  testIngestToken,
  testOperatorToken,
  testOrigin,
} from '../testing/test-control-plane.ts';

const viewer = '{ viewer { user { email } tenant { slug } roles permissions isOperator } }';
const own = { host: '127.0.0.1:4400', origin: testOrigin };

describe('signing in', () => {
  let plane: TestControlPlane;
  beforeAll(async () => {
    plane = await startTestControlPlane();
  });
  afterAll(() => plane.close());

  const post = (url: string, payload: object, headers: Record<string, string> = own) =>
    plane.app.inject({ method: 'POST', url, headers, payload });
  const tokenOf = (url: string): string => url.split('#token=')[1] ?? '';
  const cookiesOf = (reply: { headers: Record<string, unknown> }): string[] =>
    (reply.headers['set-cookie'] as string[] | undefined) ?? [];

  it('works with an owner link, once, and the cookies are strict', async () => {
    const tenantId = await plane.createTenant('acme');
    const link = await plane.services.links.issueOwner(tenantId);
    const token = tokenOf(link.url);
    const asked = await post('/auth/link', { token });
    expect(asked.statusCode).toBe(400);
    expect(asked.json().errors[0].extensions).toMatchObject({
      code: 'invalid_input',
      details: { needs: ['email', 'displayName'] },
    });
    const opened = await post('/auth/link', { token, email: 'Ann@Acme.example', displayName: 'Ann' });
    expect(opened.statusCode).toBe(200);
    const [session = '', csrf = ''] = cookiesOf(opened);
    expect(session).toMatch(/^sp_session=[A-Za-z0-9_-]{43}; Path=\/; SameSite=Lax; Expires=.*; HttpOnly$/);
    expect(csrf).toMatch(/^sp_csrf=[A-Za-z0-9_-]{43}; Path=\/; SameSite=Lax; Expires=[^;]*$/);
    const value = (cookie: string): string => cookie.split(';')[0]?.split('=')[1] ?? '';
    const browser = { secret: value(session), csrf: value(csrf) };
    const me = await plane.graphql(browser, viewer);
    expect(me.data.viewer).toMatchObject({
      user: { email: 'ann@acme.example' },
      tenant: { slug: 'acme' },
      roles: ['OWNER'],
      isOperator: false,
    });
    const again = await post('/auth/link', { token, email: 'eve@evil.example', displayName: 'Eve' });
    expect(again.json().errors[0].extensions.code).toBe('link_invalid');
    const stored = await plane.database.admin<{ id: string }>('SELECT id FROM browser_session');
    expect(stored.map((row) => row.id)).not.toContain(browser.secret);
  });

  it('never signs anybody in as a user who exists already', async () => {
    const tenantId = await plane.createTenant('beta');
    await plane.signIn({ email: 'boss@beta.example', tenantId });
    const link = await plane.services.links.issueOwner(tenantId);
    const taken = { token: tokenOf(link.url), email: 'boss@beta.example', displayName: 'Not the boss' };
    const opened = await post('/auth/link', taken);
    expect(opened.statusCode).toBe(409);
    expect(opened.json().errors[0].extensions.details).toEqual({ reason: 'sign_in_first' });
    const asBoss = await plane.signIn({ email: 'boss@beta.example', tenantId });
    const same = await post('/auth/link', { token: tokenOf(link.url) }, browserHeaders(asBoss));
    expect(same.statusCode).toBe(200);
  });

  it('lets an invited person in with exactly the roles of the invitation', async () => {
    const tenantId = await plane.createTenant('gamma');
    const owner = await plane.signIn({ email: 'o@gamma.example', tenantId });
    const made = await plane.graphql(
      owner,
      'mutation($e:String!){ inviteMember(email:$e, roles:[REVIEWER]) { url invitation { id email roles invitedBy } } }',
      { e: 'new@gamma.example' },
    );
    const token = tokenOf(made.data.inviteMember.url);
    const accepted = await post('/auth/invitation', { token, displayName: 'New' });
    expect(accepted.statusCode).toBe(200);
    const secret = cookiesOf(accepted)[0]?.split(';')[0]?.split('=')[1] ?? '';
    const csrf = cookiesOf(accepted)[1]?.split(';')[0]?.split('=')[1] ?? '';
    const me = await plane.graphql({ secret, csrf }, viewer);
    expect(me.data.viewer).toMatchObject({ tenant: { slug: 'gamma' }, roles: ['REVIEWER'] });
    const again = await post('/auth/invitation', { token });
    expect(again.json().errors[0].extensions.code).toBe('link_invalid');
  });

  it('refuses requests of other sites: foreign or missing origin, wrong host, missing or foreign token', async () => {
    const tenantId = await plane.createTenant('delta');
    const a = await plane.signIn({ email: 'a@delta.example', tenantId });
    const b = await plane.signIn({ email: 'b@delta.example', tenantId });
    const ask = async (headers: Record<string, string | undefined>) => {
      const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
      const reply = await plane.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: sent as Record<string, string>,
        payload: { documentId: 'x' },
      });
      return [reply.statusCode, reply.json().errors[0].extensions.code];
    };
    const good = browserHeaders(a);
    expect(await ask(good)).toEqual([400, 'unknown_document']);
    expect(await ask({ ...good, origin: 'http://evil.example' })).toEqual([403, 'csrf']);
    expect(await ask({ ...good, origin: 'null' })).toEqual([403, 'csrf']);
    expect(await ask({ ...good, origin: undefined })).toEqual([403, 'csrf']);
    expect(await ask({ ...good, host: 'evil.example' })).toEqual([403, 'forbidden_origin']);
    expect(await ask({ ...good, 'x-sallyport-csrf': undefined })).toEqual([403, 'csrf']);
    expect(await ask({ ...good, 'x-sallyport-csrf': b.csrf })).toEqual([403, 'csrf']);
    expect(await ask({ ...good, cookie: undefined })).toEqual([401, 'unauthenticated']);
    const foreign = await post(
      '/auth/link',
      { token: 'x'.repeat(43) },
      { ...own, origin: 'http://evil.example' },
    );
    expect(foreign.json().errors[0].extensions.code).toBe('csrf');
  });

  it('runs persisted documents only, whatever query text is sent along', async () => {
    const browser = await plane.signIn({ email: 'p@x.example' });
    const payload = { query: viewer, documentId: '0'.repeat(64) };
    const reply = await plane.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: browserHeaders(browser),
      payload,
    });
    expect([reply.statusCode, reply.json().errors[0].extensions.code]).toEqual([400, 'unknown_document']);
    const get = await plane.app.inject({
      method: 'GET',
      url: '/graphql?query={viewer{version}}',
      headers: own,
    });
    expect(get.statusCode).toBe(405);
  });

  it('answers bad bodies with stable codes', async () => {
    const browser = await plane.signIn({ email: 'bad@x.example' });
    const send = (payload: string, type = 'application/json') =>
      plane.app.inject({
        method: 'POST',
        url: '/auth/link',
        headers: { ...own, 'content-type': type },
        payload,
      });
    const code = (reply: { json(): { errors: { extensions: { code: string } }[] } }) =>
      reply.json().errors[0]?.extensions.code;
    expect(code(await send('{"token":'))).toBe('malformed');
    expect(code(await send(`{"token":"${'x'.repeat(8000)}"}`))).toBe('too_large');
    expect(code(await send('token=1', 'application/x-www-form-urlencoded'))).toBe('not_acceptable');
    expect(code(await send('{"__proto__":{"token":"x"}}'))).toBe('malformed');
    expect(code(await send('[]'))).toBe('link_invalid');
    const big = await plane.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: browserHeaders(browser),
      payload: JSON.stringify({ documentId: 'x'.repeat(300_000) }),
    });
    expect([big.statusCode, code(big)]).toEqual([413, 'too_large']);
    const broken = await plane.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: browserHeaders(browser),
      payload: '{"documentId":',
    });
    expect([broken.statusCode, code(broken)]).toEqual([400, 'malformed']);
  });

  it('ends a session on sign-out, by either way, and an expired one is none', async () => {
    const first = await plane.signIn({ email: 's@x.example' });
    expect((await post('/auth/sign-out', {}, browserHeaders(first))).statusCode).toBe(200);
    expect((await plane.graphql(first, viewer)).errors[0]?.extensions.code).toBe('unauthenticated');
    const second = await plane.signIn({ email: 's@x.example' });
    expect((await plane.graphql(second, 'mutation { signOut }')).data.signOut).toBe(true);
    expect((await plane.graphql(second, viewer)).status).toBe(401);
    const third = await plane.signIn({ email: 's@x.example' });
    await plane.database.admin("UPDATE browser_session SET expires_at = now() - interval '1 second'");
    expect((await plane.graphql(third, viewer)).status).toBe(401);
  });

  it('carries strict headers on every answer', async () => {
    for (const url of ['/healthz', '/live', '/nothing']) {
      const reply = await plane.app.inject({ method: 'GET', url, headers: own });
      expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
      expect(reply.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('opens internal endpoints to the bearer token only', async () => {
    const tries = [{}, { authorization: 'Bearer wrong' }, { authorization: 'bearer' }];
    for (const headers of tries) {
      const reply = await post('/internal/login-link', {}, { ...own, ...headers });
      expect(reply.statusCode).toBe(401);
    }
  });

  it('T27: gives a sign-in link to the operator token alone, not to the one that workers hold', async () => {
    const ask = (token: string) =>
      post('/internal/login-link', {}, { ...own, authorization: `Bearer ${token}` });
    expect((await ask(testIngestToken)).statusCode).toBe(401);
    expect((await ask(testOperatorToken)).statusCode).not.toBe(401);
    const ingest = await post(
      '/internal/ingest',
      {},
      { ...own, authorization: `Bearer ${testOperatorToken}` },
    );
    expect(ingest.statusCode).toBe(401);
  });
});

describe('a guesser of links', () => {
  it('is slowed down', async () => {
    const plane = await startTestControlPlane({ limits: { burst: 3, perMinute: 1, maxKeys: 10 } });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const reply = await plane.app.inject({
        method: 'POST',
        url: '/auth/link',
        headers: own,
        payload: { token: `guess-${i}-`.padEnd(43, 'x') },
      });
      statuses.push(reply.statusCode);
    }
    expect(statuses).toEqual([400, 400, 400, 429, 429]);
    await plane.close();
  });
});
