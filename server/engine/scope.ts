import type { ScopeValues } from '#nodes/core/bindings.ts';
import type { ResolvedBinding } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Execution } from './execute.ts';
import type { Outputs } from './run-ahead.ts';
import { loadItems, loadSpend } from './run-cache.ts';

type Wanted = {
  /** States whose outputs are read. */
  reads: string[];
  bindings: readonly ResolvedBinding[];
};

/** The values that bindings read. Only what they name is looked up: most steps need nothing but what this process knows. */
export async function scopeOf(x: Execution, { reads, bindings }: Wanted): Promise<ScopeValues> {
  const { claimed, facts, engine, outputs: fresh } = x;
  const [outputs, items, spendMicros] = await Promise.all([
    engine.cache.outputs(
      claimed,
      reads.filter((state) => !fresh?.has(state)),
    ),
    claimed.path === '' || bindings.length === 0
      ? { byMap: {} }
      : (x.iteration ?? loadItems(engine.pool, claimed.runId, claimed.path)),
    bindings.some(readsSpend) ? loadSpend(engine.pool, claimed.runId) : 0,
  ]);
  return {
    run: { id: facts.runId, input: facts.input, startedAt: facts.startedAt, spendMicros },
    nodes: { ...items.byMap, ...outputs, ...freshOf(reads, fresh) },
    ...('index' in items ? { item: items.item ?? null, index: items.index } : {}),
  };
}

function freshOf(reads: string[], fresh: Outputs | undefined): Record<string, Json> {
  return Object.fromEntries(reads.flatMap((state) => (fresh?.has(state) ? [[state, fresh.get(state) ?? null]] : [])));
}

/** Whether an expression may look at what the run has spent: by its name, or at all of `run`. */
function readsSpend(binding: ResolvedBinding): boolean {
  switch (binding.kind) {
    case 'value':
      return false;
    case 'expr':
      return /spendMicros|\brun\b(?!\s*\??\.)/.test(binding.expr);
    case 'template':
      return /spendMicros|\brun\b(?!\s*\??\.)/.test(binding.template);
  }
}
