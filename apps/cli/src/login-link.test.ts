import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fetchLoginLink } from './login-link.ts';

const home = mkdtempSync(join(tmpdir(), 'sallyport-cli-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('fetchLoginLink', () => {
  it('says what to do when nothing runs', async () => {
    expect(await fetchLoginLink(join(home, 'none'))).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('npm start'),
    });
  });

  it('hands the bearer over and returns the link', async () => {
    const server = createServer((request, response) => {
      const isRight =
        request.headers.authorization === 'Bearer secret' && request.url === '/internal/login-link';
      response.writeHead(isRight ? 200 : 401).end(isRight ? '{"url":"http://127.0.0.1/link#token=x"}' : '');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    mkdirSync(join(home, 'run'));
    writeFileSync(
      join(home, 'run', 'state.json'),
      JSON.stringify({ controlPlaneUrl: `http://127.0.0.1:${port}` }),
    );
    writeFileSync(
      join(home, 'secrets.json'),
      JSON.stringify({ operatorToken: 'secret', redisPasswords: {} }),
    );
    expect(await fetchLoginLink(home)).toEqual({ kind: 'link', url: 'http://127.0.0.1/link#token=x' });
    server.close();
  });
});
