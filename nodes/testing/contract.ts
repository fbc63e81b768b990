import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AnyNodeDeclaration, Effect } from '#nodes/core/define-node.ts';
import { type NodeErrorCode, toNodeError } from '#nodes/core/errors.ts';
import { checkExpression } from '#nodes/core/expressions.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { currentConfig } from '#nodes/core/node-versions.ts';
import { checkValue, type Type } from '#nodes/core/types.ts';
import type { NodeCase } from './node-case.ts';
import { type NodeType, type Tried, tryCase } from './try-case.ts';

const alwaysAllowed: NodeErrorCode[] = ['INPUT_INVALID', 'CONFIG_INVALID', 'CANCELLED', 'TIMEOUT', 'INTERNAL'];
const longestSummary = 1_000;
const promptlyMs = 500;

/** Registers the tests that every node type must pass. `cases` are those of its `fixtures.ts`. */
export function contractOf(node: NodeType, cases: NodeCase[]): void {
  declarationTests(node);
  configurationTests(node, cases);
  runTests(node, cases);
  cancellationTests(node, cases);
}

function declarationTests({ declaration, run }: NodeType): void {
  test('its declaration holds together', () => {
    expect(declaration.title).toMatch(/^\S.{0,40}$/);
    expect(declaration.description).toMatch(/^\S.{0,160}\.$/);
    expect(declaration.risk).toBeGreaterThanOrEqual(0);
    expect(declaration.risk).toBeLessThanOrEqual(1);
    if (declaration.effect === 'pure') expect(declaration.capabilities).toEqual([]);
    if (declaration.spends) expect(declaration.capabilities).toContain(declaration.spends);
    const writes = declaration.effect === 'idempotent-write' || declaration.effect === 'unsafe-write';
    if (writes && declaration.reversible) expect(declaration.compensation).toBeDefined();
    // What it offers instead of taking it back is another thing.
    if (!declaration.reversible)
      expect(declaration.compensation?.(declaration.config.parse(declaration.example.config))?.reverts ?? false).toBe(
        false,
      );
    expect(run.decide !== undefined).toBe(declaration.kind === 'gate');
  });

  test('each older version has a way to the next', () => {
    const versions = Array.from({ length: declaration.version - 1 }, (_, index) => String(index + 1));
    expect(Object.keys(declaration.migrations ?? {})).toEqual(versions);
  });

  test('whatever an older version holds, the way to the present one does not fail', () => {
    const older = fc.record({ version: fc.integer({ min: 1, max: declaration.version }), config: fc.jsonValue() });
    fc.assert(
      fc.property(older, fc.string(), ({ version, config }, name) => {
        const written = { version, config: { ...(declaration.example.config as JsonObject), [name]: config as Json } };
        expect(typeof currentConfig(declaration, written)).toBe('object');
      }),
    );
  });

  test('its example compiles, and its values fit its inputs', () => {
    const config: unknown = declaration.config.parse(declaration.example.config);
    expect(declaration.check?.(config) ?? []).toEqual([]);
    expectFit(declaration, config, declaration.example.inputs);
    const scope = Object.fromEntries(
      Object.entries(declaration.inputs(config)).map(([name, { type }]) => [name, type]),
    );
    for (const { expr, path } of declaration.expressions?.(config) ?? [])
      expect(checkExpression(expr, scope), path).toMatchObject({ ok: true });
  });
}

function configurationTests({ declaration }: NodeType, cases: NodeCase[]): void {
  const configs = [{}, declaration.example.config, ...cases.map((given) => given.config ?? {})];

  test('a configuration survives storing and reading', () => {
    for (const config of configs) {
      const read: unknown = declaration.config.parse(config);
      expect(declaration.config.parse(JSON.parse(JSON.stringify(read)))).toEqual(read);
    }
  });

  test('a new node without configuration has ports and a summary', () => {
    for (const config of configs) expectTotal(declaration, declaration.config.parse(config));
  });

  test('any configuration that is accepted has ports and a summary', () => {
    fc.assert(
      fc.property(fc.constantFrom(...configs), fc.nat(), fc.jsonValue({ maxDepth: 3 }), (config, at, value) => {
        const read = declaration.config.safeParse(withChange(config, at, value as Json));
        if (read.success) expectTotal(declaration, read.data);
      }),
      { numRuns: 300 },
    );
  });

  test('every configuration field says what it is', () => {
    const schema = z.toJSONSchema(declaration.config, { io: 'input' }) as JsonObject;
    expect(untitled(schema)).toEqual([]);
  });
}

function runTests(node: NodeType, cases: NodeCase[]): void {
  const { declaration } = node;

  test.each(cases)('$title', async (given) => {
    const tried = await tryCase(node, given);
    expectEnd(declaration, given, tried);
    expectEffects(declaration, tried);
    expect(JSON.parse(JSON.stringify(tried.world.explained))).toEqual(tried.world.explained);
  });

  test('its cases reach every outcome', () => {
    if (declaration.kind === 'map' || declaration.kind === 'loop') return; // The engine answers these outcomes.
    const config: unknown = declaration.config.parse(declaration.example.config);
    const reached = cases.flatMap(({ ends }) => ('outcome' in ends ? [ends.outcome] : []));
    const own = Object.keys(declaration.outcomes(config)).filter(
      // The engine answers it.
      (outcome) => declaration.kind !== 'agent' || outcome !== 'each',
    );
    expect([...new Set(reached)].sort()).toEqual(own.sort());
  });
}

function cancellationTests(node: NodeType, cases: NodeCase[]): void {
  const working = cases.filter(({ ends }) => !('code' in ends));

  test('a cancelled step does nothing', async () => {
    for (const given of working) {
      const { failure, world } = await tryCase(node, given, AbortSignal.abort());
      expect(failure?.code).toBe('CANCELLED');
      expect(world.calls).toEqual([]);
    }
  });

  if (node.declaration.capabilities.length === 0) return;
  test('it stops at once while the outside does not answer', async () => {
    for (const given of working) {
      const controller = new AbortController();
      const trying = tryCase(node, { ...given, world: { ...given.world, hangs: true } }, controller.signal);
      setTimeout(() => controller.abort(), 5);
      const slow = new Promise<Tried | null>((resolve) => setTimeout(resolve, promptlyMs, null));
      const tried = await Promise.race([trying, slow]);
      if (tried?.world.calls.length === 0) continue;
      expect(tried?.failure?.code).toBe('CANCELLED');
    }
  });
}

/** Paths of the fields in a configuration's schema that have no title. */
function untitled(schema: Json | undefined, path = ''): string[] {
  if (Array.isArray(schema)) return schema.flatMap((variant) => untitled(variant, path));
  if (typeof schema !== 'object' || schema === null) return [];
  const { items, anyOf, oneOf, properties } = schema;
  const fields = Object.entries((properties ?? {}) as Record<string, JsonObject>).flatMap(([name, field]) => [
    ...(field.title ? [] : [`${path}.${name}`]),
    ...untitled(field, `${path}.${name}`),
  ]);
  return [...fields, ...untitled(items, `${path}[]`), ...untitled(anyOf, path), ...untitled(oneOf, path)];
}

/** The value with one of its members, at any depth, replaced. */
function withChange(value: Json, at: number, by: Json): Json {
  let left = at % countOf(value);
  const walk = (part: Json): Json => {
    if (left-- === 0) return by;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, walk(member)]));
  };
  return walk(value);
}

function countOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  return 1 + Object.values(value).reduce<number>((sum, member) => sum + countOf(member), 0);
}

function expectTotal(declaration: AnyNodeDeclaration, config: unknown): void {
  const outcomes = declaration.outcomes(config);
  expect(Object.keys(outcomes).length).toBeGreaterThan(0);
  for (const reserved of ['error', 'undo']) expect(Object.keys(outcomes)).not.toContain(reserved);
  for (const outcome of declaration.gate?.passing ?? []) expect(Object.keys(outcomes)).toContain(outcome);
  for (const [name, input] of Object.entries(declaration.inputs(config))) expect(input.title, name).toBeTruthy();
  expect(declaration.summary(config).length).toBeLessThanOrEqual(longestSummary);
  declaration.expressions?.(config);
  declaration.check?.(config);
}

function expectEnd(
  declaration: AnyNodeDeclaration,
  { ends }: NodeCase,
  { result, failure, config, inputs }: Tried,
): void {
  if ('code' in ends) {
    expect(failure?.code).toBe(ends.code);
    expect([...alwaysAllowed, ...declaration.errors]).toContain(failure?.code);
    expect(failure?.message.length).toBeGreaterThan(10);
    return;
  }
  if (failure) throw toNodeError(failure);
  if (declaration.kind !== 'trigger') expectFit(declaration, config, inputs);
  switch (result?.kind) {
    case 'map':
      expect({ items: result.items.length }).toEqual(ends);
      break;
    case 'wait':
      expect({ waits: true }).toEqual(ends);
      expect(checkValue(result.task.proposalType, result.task.proposal)).toBeNull();
      break;
    case 'done':
      expect({ outcome: result.outcome }).toEqual(ends);
      expectOutput(declaration.outcomes(config)[result.outcome], result.output);
      break;
    default:
      expect({ waitsFor: result?.kind }).toEqual(ends);
  }
}

function expectOutput(type: Type | undefined, output: Json | undefined): void {
  if (!type || output === undefined) throw new Error('The outcome is not declared, or has no output.');
  expect(JSON.parse(JSON.stringify(output))).toEqual(output);
  expect(checkValue(type, output)).toBeNull();
}

function expectFit(declaration: AnyNodeDeclaration, config: unknown, inputs: JsonObject): void {
  if (declaration.kind === 'trigger') return;
  const ports = declaration.inputs(config);
  expect(Object.keys(ports)).toEqual(expect.arrayContaining(Object.keys(inputs)));
  for (const [name, { type, required }] of Object.entries(ports)) {
    const value = inputs[name];
    if (value === undefined) expect(required, `input ${name}`).toBe(false);
    else expect(checkValue(type, value), `input ${name}`).toBeNull();
  }
}

function expectEffects(declaration: AnyNodeDeclaration, { world, config }: Tried): void {
  const effect: Effect = typeof declaration.effect === 'function' ? declaration.effect(config) : declaration.effect;
  for (const call of world.calls) expect(declaration.capabilities).toContain(call.capability);
  if (effect === 'pure') expect(world.calls).toEqual([]);
  if (effect === 'read') expect(world.calls.filter((call) => call.write)).toEqual([]);
}
