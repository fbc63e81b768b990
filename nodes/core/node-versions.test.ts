import { expect, test } from 'vitest';
import type { AnyNodeDeclaration } from './define-node.ts';
import { configByVersion, currentConfig, readConfig, runnableConfig } from './node-versions.ts';
import { testDefinitions } from './testing/definitions.ts';

const versioned = testDefinitions.get('versioned') as AnyNodeDeclaration;

test('a configuration goes from version to version, each step seen', () => {
  expect(configByVersion(versioned, { version: 1, config: { one: 'x' } })).toEqual([
    { version: 1, config: { one: 'x' } },
    { version: 2, config: { two: 'x' } },
    { version: 3, config: { three: 'x' } },
  ]);
});

test('one of the present version, or of a later one, stays as it is', () => {
  const config = { three: 'x' };
  expect(currentConfig(versioned, { version: 3, config })).toBe(config);
  expect(currentConfig(versioned, { version: 9, config })).toBe(config);
});

test('a step without a migration changes nothing', () => {
  const { migrations: _none, ...declaration } = versioned;
  expect(
    currentConfig(
      { ...declaration, migrations: { 2: ({ a }) => ({ b: a ?? null }) } },
      { version: 1, config: { a: 1 } },
    ),
  ).toEqual({ b: 1 });
  expect(currentConfig(declaration, { version: 1, config: { a: 1 } })).toEqual({ a: 1 });
});

test('it is read as the present version, or not at all', () => {
  expect(readConfig(versioned, { version: 2, config: { two: 'x' } })).not.toBeNull();
  expect(readConfig(versioned, { version: 2, config: { two: 1 } })).toBeNull();
});

test('what was compiled before runs with what its effect reads now', () => {
  const compiled = { version: 3, config: { three: 'x' } };
  expect(runnableConfig(versioned, compiled)).toBe(compiled.config);
  expect(runnableConfig(undefined, compiled)).toBe(compiled.config);
  expect(runnableConfig(versioned, { version: 1, config: { one: 'x' } })).toEqual(
    versioned.config.parse({ three: 'x' }),
  );
});
