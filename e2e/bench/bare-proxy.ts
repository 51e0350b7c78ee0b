import { Agent, createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The floor every figure is compared with: a Node process that does nothing but parse both bodies and pass
 * them on over kept-alive connections. Run as a child; it reports its port, then its own CPU and memory on demand.
 */
const upstreamPort = Number(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 128 });

const server = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = Buffer.concat(chunks);
    JSON.parse(body.toString());
    const headers = {
      'content-type': 'application/json',
      accept: incoming.headers.accept,
      'content-length': body.length,
    };
    const hop = send(
      { agent, host: '127.0.0.1', port: upstreamPort, path: incoming.url, method: 'POST', headers },
      (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => parts.push(chunk));
        reply.on('end', () => {
          const text = Buffer.concat(parts);
          const type = reply.headers['content-type'] ?? '';
          const isStream = type.startsWith('text/event-stream');
          JSON.parse(isStream ? (/^data: (.*)$/m.exec(text.toString())?.[1] ?? '') : text.toString());
          outgoing.writeHead(reply.statusCode ?? 502, {
            'content-type': type,
            'content-length': text.length,
          });
          outgoing.end(text);
        });
      },
    );
    hop.on('error', () => outgoing.writeHead(502).end());
    hop.end(body);
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuUs: user + system, rssBytes: process.memoryUsage.rss() });
});
