import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceStamp } from './build.ts';

let root: string;
const put = (name: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  fs.writeFileSync(path.join(root, name), text);
};
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'build-'));
  put('app/page.tsx', 'a');
  put('prisma/schema.prisma', 's');
});
afterEach(() => fs.rmSync(root, { recursive: true }));

describe('sourceStamp', () => {
  it.each([
    ['a page', 'app/page.tsx'],
    ['a node', 'nodes/data.csv/index.ts'],
    ['the schema', 'prisma/schema.prisma'],
    ['the dependencies', 'package-lock.json'],
    ['the configuration', 'next.config.mjs'],
    ['what stands before the pages', 'proxy.ts'],
    ['the health check', 'server/boot/health.ts'],
    ['a template', 'prisma/seed/templates/x/template.json'],
  ])('changes with %s', (_, name) => {
    const before = sourceStamp(root);
    put(name, 'changed');
    expect(sourceStamp(root)).not.toBe(before);
  });

  it('changes when a file moves or goes', () => {
    const before = sourceStamp(root);
    fs.renameSync(path.join(root, 'app/page.tsx'), path.join(root, 'app/other.tsx'));
    expect(sourceStamp(root)).not.toBe(before);
  });

  it.each([
    'app/page.test.tsx',
    'server/bench/bench.ts',
    'server/db/prisma/client.ts',
    'README.md',
    'vitest.config.ts',
  ])('does not change with %s, which no page can contain', (name) => {
    const before = sourceStamp(root);
    put(name, 'changed');
    expect(sourceStamp(root)).toBe(before);
  });

  it('does not change with the time of the files', () => {
    const before = sourceStamp(root);
    fs.utimesSync(path.join(root, 'app/page.tsx'), new Date(0), new Date(0));
    expect(sourceStamp(root)).toBe(before);
  });
});
