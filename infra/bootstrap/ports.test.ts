import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkPorts, checkReachable, freePort } from './ports.mjs';

describe('checkPorts', () => {
  it('names the holder, the variable and a line that works', async () => {
    const server = createServer();
    const port = await new Promise<number>((done) => {
      server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port));
    });
    const settings = {
      port,
      gatewayPort: await freePort(),
      demoPort: await freePort(),
      workerPortBase: await freePort(),
      workers: 1,
    };
    const fault = await checkPorts(settings).catch((error: Error & { advice: string }) => error);
    server.close();
    expect(fault?.message).toContain(`Port ${port} for the console is taken by`);
    expect(fault?.message).toContain(process.platform === 'linux' ? `pid ${process.pid}` : '');
    expect(fault?.advice).toMatch(/SALLYPORT_PORT=\d+ .*SALLYPORT_DEMO_PORT=\d+ .*npm start/u);
  });
});

describe('checkReachable', () => {
  it('says where nobody answers and what to do', async () => {
    const port = await freePort();
    const url = `redis://user:secret@127.0.0.1:${port}`;
    const fault = await checkReachable('REDIS_URL', url).catch((error: Error & { advice: string }) => error);
    expect(fault?.message).toContain(`127.0.0.1:${port}`);
    expect(fault?.message).not.toContain('secret');
    expect(fault?.advice).toContain('REDIS_URL');
  });
});
