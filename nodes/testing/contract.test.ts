import fs from 'node:fs';
import path from 'node:path';
import dynamicIconImports from 'lucide-react/dynamicIconImports.mjs';
import { describe, expect, test } from 'vitest';
import type { AnyNodeDeclaration, AnyNodeRun } from '#nodes/core/define-node.ts';
import { contractOf } from './contract.ts';
import type { NodeCase } from './node-case.ts';

const root = path.resolve(import.meta.dirname, '..');
const types = fs
  .readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(root, entry.name, 'run.ts')))
  .map((entry) => entry.name)
  .sort();

type Folder = { declaration: AnyNodeDeclaration; run: AnyNodeRun; cases: NodeCase[] };

async function open(type: string): Promise<Folder> {
  const load = async <T>(file: string): Promise<T> =>
    ((await import(path.join(root, type, file))) as { default: T }).default;
  return { declaration: await load('index.ts'), run: await load('run.ts'), cases: await load('fixtures.ts') };
}

const folders = await Promise.all(types.map(async (type) => ({ type, ...(await open(type)) })));

describe.each(folders)('node type $type', ({ type, declaration, run, cases }) => {
  test('its folder has its name, and its icon exists', () => {
    expect(declaration.type).toBe(type);
    expect(Object.keys(dynamicIconImports)).toContain(declaration.icon);
  });
  contractOf({ declaration, run }, cases);
});
