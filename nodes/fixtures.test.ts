import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile } from './core/compile/compile.ts';
import { signatureOf } from './core/compile/signature.ts';
import { type DiagnosticCode, diagnosticCodes } from './core/diagnostics.ts';
import { definitions } from './index.gen.ts';

const folder = path.join(import.meta.dirname, 'core/fixtures');
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
const names = (kind: string): string[] =>
  readdirSync(path.join(folder, kind))
    .filter((file) => file !== 'index.json')
    .map((file) => file.replace(/\.json$/, ''));

const child = signatureOf(compile(read('good/flow-subflow-child.json'), definitions).program!, { definitions });
/** What the graphs with calls find. */
const pipelines = { 'Half of a number': { 1: child }, 'Eight levels': { 1: { ...child, depth: 8 } } };

type Expected = { code: DiagnosticCode; nodeId?: string; edgeId?: string; field?: string };
const expected = Object.entries(read('broken/index.json') as Record<string, Expected>);

describe('broken graphs are refused for what is wrong with them, at its address', () => {
  test.each(expected)('%s', (name, finding) => {
    const { program, diagnostics } = compile(read(`broken/${name}.json`), definitions, { pipelines });
    expect(program).toBeNull();
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toContainEqual(expect.objectContaining(finding));
    expect([...new Set(errors.map(({ code }) => code))]).toEqual([finding.code]);
  });

  test('every file has what is expected of it, and every error has a file', () => {
    expect(expected.map(([name]) => name).sort()).toEqual(names('broken').sort());
    const errors = Object.entries(diagnosticCodes).filter(([, { severity }]) => severity === 'error');
    expect(
      errors.map(([code]) => code).filter((code) => !expected.some(([, finding]) => finding.code === code)),
    ).toEqual([]);
  });
});

describe('good graphs compile', () => {
  test.each(names('good'))('%s', (name) => {
    const { program, diagnostics } = compile(read(`good/${name}.json`), definitions);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(program?.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
