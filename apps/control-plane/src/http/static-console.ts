import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyInstance } from 'fastify';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/** Maps the paths of a built console to its files. Only what is in the folder at start is ever served. */
export function listFiles(dist: string): ReadonlyMap<string, string> {
  const entries = readdirSync(dist, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(dist, file).split(sep).join('/')}`, file]),
  );
}

/** Serves the console; a path without a file is a page of the single-page application. */
export function registerStaticConsole(scope: FastifyInstance, dist: string): void {
  const files = listFiles(dist);
  const cache = new Map<string, Buffer>();
  const read = (file: string): Buffer => {
    const known = cache.get(file) ?? readFileSync(file);
    cache.set(file, known);
    return known;
  };
  scope.get('/*', async (request, reply) => {
    const path = decodePath(request.url);
    const isPage = path === '/' || extname(path) === '';
    const file = files.get(isPage ? '/index.html' : path);
    if (file === undefined) return reply.status(404).type('text/plain').send('not found');
    const isHashed = path.startsWith('/assets/');
    return reply
      .header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      .header('content-type', mediaTypes[extname(file)] ?? 'application/octet-stream')
      .send(read(file));
  });
}

function decodePath(url: string): string {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '/');
  } catch {
    return '/';
  }
}
