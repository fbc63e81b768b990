import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from './core/compile/compile.ts';
import { signatureOf } from './core/compile/signature.ts';
import { diagnosticCodes } from './core/diagnostics.ts';
import type { Json } from './core/json.ts';
import { definitions } from './index.gen.ts';
import { flowProgram } from './testing/flows.ts';

const folder = path.join(import.meta.dirname, 'core/fixtures/good');
const good = readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Json);

const piece: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(
    null,
    -1,
    1e308,
    '',
    '__proto__',
    'toString',
    'start',
    'error',
    'undo',
    'each',
    { kind: 'expr', expr: 'nodes.start.name' },
    { kind: 'expr', expr: 'item.x[?0].?y' },
    { kind: 'template', template: '{{ nodes }} {{ run.input' },
    { kind: 'value', value: null },
    { id: 'start', type: 'flow.map', version: 1 },
    { id: 'e', from: 'start', outcome: 'error', to: 'start' },
    { id: 'u', from: 'mark', outcome: 'undo', to: 'out' },
  ),
  fc.constantFrom(...definitions.keys()),
);

type Mutation = { at: number; what: 'replace' | 'remove' | 'repeat' | 'rename' | 'swap'; by: Json };
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('replace', 'remove', 'repeat', 'rename', 'swap'),
  by: piece,
});

type Place = { holder: Json[] | { [key: string]: Json }; key: string };

function placesIn(value: Json, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, member] of Object.entries(value)) {
    found.push({ holder: value as Place['holder'], key });
    placesIn(member, found);
  }
  return found;
}

/** Changes one place of a document, which is a copy. */
function mutate(document: Json, { at, what, by }: Mutation): void {
  const places = placesIn(document);
  const place = places[at % places.length];
  if (!place) return;
  const holder = place.holder as Record<string, Json>;
  const other = places[(at * 31 + 7) % places.length] as Place;
  switch (what) {
    case 'replace':
      holder[place.key] = structuredClone(by);
      break;
    case 'remove':
      if (Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1);
      else delete holder[place.key];
      break;
    case 'repeat':
      if (Array.isArray(place.holder)) place.holder.push(structuredClone(place.holder[Number(place.key)] as Json));
      break;
    case 'rename':
      Object.defineProperty(holder, typeof by === 'string' ? by : 'other', {
        value: holder[place.key],
        enumerable: true,
        writable: true,
        configurable: true,
      });
      break;
    case 'swap':
      holder[place.key] = structuredClone((other.holder as Record<string, Json>)[other.key] as Json);
  }
}

const pipelines = {
  'Half of a number': { 1: signatureOf(flowProgram({ file: 'flow-subflow-child' }), { definitions }) },
};

function examine(document: unknown): void {
  const options = { connections: { smtp: false, model: false }, pipelines };
  const { program, diagnostics } = compile(document, definitions, options);
  expect(program === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
  for (const { code, message, severity } of diagnostics) {
    expect(diagnosticCodes[code].severity).toBe(severity);
    expect(message.length).toBeGreaterThan(10);
  }
}

test('10,000 documents never crash the compiler, and a program comes of those without errors only', {
  timeout: 60_000,
}, () => {
  const started = performance.now();
  let compiled = 0;
  fc.assert(fc.property(fc.jsonValue(), examine), { numRuns: 2_000 });
  fc.assert(
    fc.property(fc.constantFrom(...good), fc.array(mutation, { minLength: 1, maxLength: 4 }), (document, mutations) => {
      const copy = structuredClone(document);
      for (const one of mutations) mutate(copy, one);
      examine(copy);
      if (compile(copy, definitions).graph) compiled += 1;
    }),
    { numRuns: 8_000 },
  );
  // Mutants that are no graphs any more would try the guard only.
  expect(compiled).toBeGreaterThan(1_000);
  expect(performance.now() - started).toBeLessThan(40_000);
});
