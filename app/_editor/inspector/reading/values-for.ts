import type { ScopeValues } from '#nodes/core/bindings.ts';
import type { FieldScope } from '#nodes/core/compile/inspect.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Type } from '#nodes/core/types.ts';
import type { RunScopeValues } from '#server/runs/scope-values.ts';
import { sampleOf } from '../../code/assist/sample.ts';

/** Values to preview a field with, and where they are from. */
export type ReadValues = {
  /** Tells these values from others. */
  id: string;
  values: ScopeValues;
  /** The run that they are of; null: all of them are made up. */
  run: { id: string; ref: number } | null;
  /** The item of the innermost For each or Repeat around the field; null: it has none there. */
  item: { around: string; index: number; total: number } | null;
  /** What of a run's values is made up all the same: by node, or `item`, `run.input`. */
  sampled: string[];
};

/** What values that are made up begin with. */
export type MadeUp = {
  /** What a run would be given. */
  input: JsonObject;
  /** Members that are read of an item whose members nobody listed. */
  itemNames: readonly string[];
};

let count = 0;

/**
 * The values that a field can read: those of a run, and where it has none because it does not know the node, or there
 * is no run at all, plausible ones. A node that the run knows and passed by stays absent, as it was then.
 */
export function valuesFor(scope: FieldScope, found: RunScopeValues | null, made: MadeUp): ReadValues {
  const { around } = scope;
  const { input } = made;
  const variables = withItemOf(scope.variables, made.itemNames);
  const types = membersOf(variables.nodes);
  const sample = (id: string): Json => sampleOf(types[id] ?? { type: 'any' }, id);
  const id = `values-${++count}`;
  if (!found) {
    const nodes = Object.fromEntries(Object.keys(types).map((name) => [name, sample(name)]));
    return {
      id,
      values: { run: sampleRun(variables, input), nodes, ...itemOf(variables) },
      run: null,
      item: null,
      sampled: [],
    };
  }
  const { run, leftOut, item } = found;
  const missing = [...found.unknown, ...Object.keys(leftOut)].filter((name) => name in types);
  const itemless = around.length > 0 && item === null;
  const nodes = { ...Object.fromEntries(missing.map((name) => [name, sample(name)])), ...found.nodes };
  const fallback = sampleRun(variables, input);
  return {
    id,
    values: {
      run: {
        id: run.id,
        input: leftOut['run.input'] ? fallback.input : run.input,
        startedAt: run.startedAt,
        spendMicros: run.spendMicros,
      },
      nodes: itemless ? { ...Object.fromEntries(around.map((map) => [map, sample(map)])), ...nodes } : nodes,
      ...(item ? { item: item.value, index: item.index } : itemOf(variables)),
    },
    run: { id: run.id, ref: run.ref },
    item: item ? { around: around.at(-1) ?? '', index: item.index, total: item.total } : null,
    sampled: [
      ...missing.filter((name) => !around.includes(name)),
      ...(leftOut['run.input'] ? ['run.input'] : []),
      ...(itemless ? ['item'] : []),
    ],
  };
}

function sampleRun({ run }: Record<string, Type>, input: JsonObject): ScopeValues['run'] {
  const sample = sampleOf(membersOf(run).input ?? { type: 'any' }, 'input');
  const object = sample !== null && typeof sample === 'object' && !Array.isArray(sample) ? sample : {};
  return { id: '1', input: { ...object, ...input }, startedAt: '2026-03-02T09:00:00Z', spendMicros: 2_100 };
}

function itemOf({ item }: Record<string, Type>): Pick<ScopeValues, 'item' | 'index'> {
  return item ? { item: sampleOf(item, 'item'), index: 0 } : {};
}

function withItemOf(variables: Record<string, Type>, names: readonly string[]): Record<string, Type> {
  const { item } = variables;
  const open = item?.type === 'any' || (item?.type === 'object' && item.additional !== null);
  if (!open || names.length === 0) return variables;
  const read = Object.fromEntries(names.map((name): [string, Type] => [name, { type: 'string' }]));
  return {
    ...variables,
    item: { type: 'object', properties: { ...read, ...membersOf(item) }, required: [], additional: null },
  };
}

function membersOf(type: Type | undefined): Record<string, Type> {
  return type?.type === 'object' ? type.properties : {};
}

/** Where values are from, in a few words: "on R-12", "on sample data". */
export function sourceText({ run, sampled }: Pick<ReadValues, 'run' | 'sampled'>): string {
  if (!run) return 'on sample data';
  return `on R-${run.ref}`.concat(sampled.length > 0 ? `, ${sampled.slice(0, 2).join(', ')} sampled` : '');
}
