import { mapOutput } from '#nodes/core/iterations.ts';
import type { Json } from '#nodes/core/json.ts';
import { iterationPath, type Program } from '#nodes/core/program.ts';
import { decideIteration, type StepEvent } from '#nodes/core/step.ts';
import type { Execution } from './execute.ts';
import { type Finished, goAhead, type Outputs } from './run-ahead.ts';
import { loadItems } from './run-cache.ts';
import { endsPlainly } from './transition-of.ts';

/** A map that was done in memory as a whole: its items, their results in the same order, and the steps of all iterations. */
export type Inside = { items: Json[]; results: Json[]; steps: (Finished & { path: string })[] };

/** Beyond this the iterations begin in the database, where other workers can take their part. */
const mostSteps = 2_000;
const mostMs = 2_000;

/**
 * Does all iterations of a map in memory, where each of their steps is pure. Null where it is not so, where one of them
 * comes to more than being done, or where it takes too long: then they begin in the database and are done there.
 */
export async function mapAhead(
  x: Execution,
  { items }: Extract<StepEvent, { kind: 'map' }>,
): Promise<{ output: Json; inside: Inside } | null> {
  const { program, claimed } = x;
  const size = pureBodySize(program, claimed.state);
  const first = { path: iterationPath(claimed.path, claimed.state, 0) };
  if (size === 0 || size * items.length > mostSteps || !endsPlainly(program, first)) return null;
  const outer = x.iteration ?? (await loadItems(x.engine.pool, claimed.runId, claimed.path));
  const begun = performance.now();
  const inside: Inside = { items, results: [], steps: [] };
  for (const [index, item] of items.entries()) {
    const path = iterationPath(claimed.path, claimed.state, index);
    const iteration = { byMap: { ...outer.byMap, [claimed.state]: { item, index } }, item, index };
    const known: Outputs = x.outputs ?? new Map();
    const { more, starts, end } = await goAhead(
      { ...x, claimed: { ...claimed, path, decision: null }, iteration },
      decideIteration(program, claimed, index),
      known,
    );
    if (starts.length > 0 || !end || performance.now() - begun > mostMs || x.signal.aborted) return null;
    inside.steps.push(...more.map((step) => ({ ...step, path })));
    inside.results.push(end.result);
  }
  return { output: mapOutput(inside.results.map((value) => ({ outcome: 'ok', value }))), inside };
}

const sizes = new WeakMap<Program, Map<string, number>>();

/** How many states the body of a map has, 0 where one of them is not pure or repeats a body of its own. */
function pureBodySize(program: Program, mapId: string): number {
  const known = sizes.get(program) ?? new Map<string, number>();
  sizes.set(program, known);
  const size = known.get(mapId);
  if (size !== undefined) return size;
  const body = Object.values(program.states).filter(({ scope }) => scope === mapId);
  const pure = body.every(
    ({ effect, kind, body: own }) => effect === 'pure' && !own && kind !== 'gate' && kind !== 'call',
  );
  known.set(mapId, pure ? body.length : 0);
  return pure ? body.length : 0;
}
