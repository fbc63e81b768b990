import { expect, test } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const example = declaration.example.config as JsonObject;
const node = { declaration, run };
const problems = (config: JsonObject) => declaration.check?.(declaration.config.parse(config)) ?? [];

test('the inputs are what the pipeline takes, the outcome is what it gives', () => {
  const config = declaration.config.parse(example);
  expect(declaration.inputs(config)).toEqual({
    email: { type: { type: 'string', format: 'email' }, title: 'email', required: true },
  });
  expect(Object.keys(declaration.outcomes(config))).toEqual(['ok', 'timeout']);
  expect(Object.keys(declaration.outcomes({ ...config, timeoutMs: null }))).toEqual(['ok']);
});

test('a run is asked for with the version and the longest time', async () => {
  const { result } = await tryCase(node, {
    title: '',
    config: example,
    inputs: { email: 'a@example.test' },
    ends: { waitsFor: 'call' },
  });
  expect(result).toEqual({
    kind: 'call',
    pipeline: 'Enrich a customer',
    version: 3,
    input: { email: 'a@example.test' },
    wake: { kind: 'in', ms: 3_600_000 },
  });
});

test('a failed run is named, with its reason', async () => {
  const { failure } = await tryCase(node, {
    title: '',
    config: example,
    inputs: {},
    woken: {
      kind: 'child',
      runId: '7',
      status: 'failed',
      output: null,
      failure: { code: 'TIMEOUT', message: 'Late.' },
    },
    ends: { code: 'CHILD_FAILED' },
  });
  expect(failure).toMatchObject({
    code: 'CHILD_FAILED',
    message: 'The run of "Enrich a customer" failed: Late.',
    details: { runId: '7', status: 'failed', code: 'TIMEOUT' },
  });
});

test('an event does not end a call', async () => {
  const woken = { kind: 'event', data: 1, at: 0 } as const;
  const { failure } = await tryCase(node, {
    title: '',
    config: example,
    inputs: {},
    woken,
    ends: { code: 'INTERNAL' },
  });
  expect(failure?.code).toBe('INTERNAL');
});

test.each<[JsonObject, string]>([
  [{}, 'pipeline'],
  [{ pipeline: 'x' }, 'version'],
  [{ pipeline: 'x', version: 1 }, 'signature'],
  [{ pipeline: 'x', version: 1, signature: { input: { pattern: 'a+' }, output: {} } }, 'signature.input'],
  [
    { pipeline: 'x', version: 1, signature: { input: {}, output: { properties: { a: { type: 'odd' } } } } },
    'signature.output.properties.a.type',
  ],
])('%j is reported at %s', (config, field) => {
  expect(problems(config).map((problem) => problem.field)).toEqual([field]);
});

test('what it runs does as much harm as its steps do', () => {
  const effectOf = declaration.effect as (config: unknown) => string;
  expect(effectOf(declaration.config.parse(example))).toBe('read');
  expect(effectOf(declaration.config.parse({}))).toBe('unsafe-write');
});

test('the card names the version', () => {
  expect(declaration.summary(declaration.config.parse(example))).toBe('Enrich a customer, version 3');
  expect(declaration.summary(declaration.config.parse({}))).toBe('No pipeline chosen');
  expect(declaration.summary(declaration.config.parse({ pipeline: 'x' }))).toBe('x, no version');
});
