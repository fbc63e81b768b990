import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { largePipeline } from './graphs.ts';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Where the canvas stands on the page, in CSS pixels. */
export type Box = { x: number; y: number; width: number; height: number };

export type BarePage = { address(nodes: number, canvas: Box): string; stop(): Promise<void> };

/**
 * Bare React Flow as a page of its own: built for production from the same packages that the product ships, and served
 * on loopback as the product's chunks are, compressed and kept by the browser.
 */
export async function serveBarePage(folder: string): Promise<BarePage> {
  await build({
    root: path.join(import.meta.dirname, 'bare'),
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    build: { outDir: folder, emptyOutDir: true },
  });
  const files = new Map(
    filesOf(folder).map((name) => [`/${name}`, gzipSync(fs.readFileSync(path.join(folder, name)))]),
  );
  const graphs = new Map<string, Buffer>();
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bare');
    const size = /^\/graph\/(\d+)$/.exec(pathname)?.[1];
    if (size !== undefined && !graphs.has(pathname))
      graphs.set(pathname, gzipSync(JSON.stringify(largePipeline(Number(size)))));
    const name = pathname === '/' ? '/index.html' : pathname;
    const body = graphs.get(pathname) ?? files.get(name);
    if (!body) return void response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': size === undefined ? (types[path.extname(name)] ?? 'text/plain') : 'application/json',
      'content-encoding': 'gzip',
      'cache-control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    address: (nodes, { x, y, width, height }) =>
      `http://127.0.0.1:${port}/?nodes=${nodes}&box=${[x, y, width, height].join(',')}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function filesOf(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}
