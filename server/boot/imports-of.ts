import fs from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

/** One import of a file: where it leads, and whether anything of it exists when the program runs. */
export type Import = { target: string; line: number; kind: 'type' | 'value' };

/** All imports of a TypeScript file, the dynamic ones too. Throws where it cannot be parsed. */
export function importsOf(file: string, source: string): Import[] {
  const { module, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const found = (start: number, request: string, kind: Import['kind']): Import => ({
    target: targetOf(file, request),
    line: source.slice(0, start).split('\n').length,
    kind,
  });
  const kindAt = (start: number) =>
    /^(?:import|export)\s+type\b/.test(source.slice(start, start + 20)) ? 'type' : 'value';
  const exported = module.staticExports.flatMap(({ start, entries }) => {
    const from = entries.find(({ moduleRequest }) => moduleRequest)?.moduleRequest;
    return from ? [found(start, from.value, kindAt(start))] : [];
  });
  const dynamic = module.dynamicImports.flatMap(({ start, moduleRequest }) => {
    const text = source.slice(moduleRequest.start, moduleRequest.end);
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(text)?.[2];
    return literal ? [found(start, literal, 'value')] : [];
  });
  const imported = module.staticImports.map(({ start, moduleRequest }) =>
    found(start, moduleRequest.value, kindAt(start)),
  );
  return [...imported, ...exported, ...dynamic];
}

function targetOf(file: string, request: string): string {
  if (request.startsWith('node:')) return request;
  if (request.startsWith('#')) return request.slice(1);
  if (request.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(file), request));
  const parts = request.split('/');
  return `npm:${parts.slice(0, request.startsWith('@') ? 2 : 1).join('/')}`;
}

const skipped = new Set(['node_modules', 'coverage', 'test-results', 'playwright-report']);

/** The source files of a checkout, as paths from its root with forward slashes. */
export function sourceFiles(root: string, folder = ''): string[] {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      const generated = name === 'server/db/prisma';
      return generated || skipped.has(entry.name) || entry.name.startsWith('.') ? [] : sourceFiles(root, name);
    }
    return /\.(?:ts|tsx|mts|mjs|css)$/.test(entry.name) ? [name] : [];
  });
}
