import type { ScopeValues } from '#nodes/core/bindings.ts';
import { type TaskClass, taskClasses } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Program, State } from '#nodes/core/program.ts';
import { definitions } from '#nodes/index.gen.ts';
import { pool, query } from '#server/db/pool.ts';
import { batchPriced, charges, findPrice, type Price } from '#server/models/prices.ts';
import { longestAnswer } from '#server/money/worst-case.ts';
import type { ProjectSettings } from '#server/projects/settings.ts';
import { type AskedModel, askedModels } from './asked-model.ts';
import { type Band, estimate, quantile, times, type Used } from './estimate.ts';
import { promptTokens } from './prompt-tokens.ts';
import type { NodeEstimate } from './types.ts';

type Estimating = { projectId: string; pipelineId: string; settings: ProjectSettings; program: Program };
/** How often a node runs in one run. */
type Count = { p50: number; p90: number };

/**
 * What the model nodes of a program are likely to cost, each time and in a whole run: from the input of the run where that
 * is known, from their own last steps, else from their prompt's text, their longest answer and the price.
 */
export async function estimateNodes(
  { projectId, pipelineId, settings, program }: Estimating,
  started: { trigger: string; input: Json } | null,
): Promise<Record<string, NodeEstimate>> {
  const asked = await askedModels({ projectId, settings });
  const known = started && knownValues(started);
  const states = Object.values(program.states).filter(({ type }) => definitions.get(type)?.spends === 'model');
  const entries = await Promise.all(
    states.map(async (state) => {
      const named = typeof state.config.model === 'string' ? state.config.model : '';
      const what = state.type === 'llm.embed' ? 'vectors' : 'text';
      const model = await asked({ named, taskClass: classOf(state), what });
      if (!model) return [state.id, unreachable(state, named)] as const;
      return [state.id, await estimateNode({ state, model, known, program, pipelineId })] as const;
    }),
  );
  return Object.fromEntries(entries);
}

const classOf = ({ config }: State): TaskClass => taskClasses.find((name) => name === config.taskClass) ?? 'standard';

/** Nobody can be asked, because the key of the connection cannot be read. */
const unreachable = ({ scope }: State, model: string): NodeEstimate => ({
  ...{ provider: '', model, each: scope !== null, samples: 0 },
  ...{ basis: 'template', unpriced: false, once: null, run: null },
});

/** What is known before a run begins: its input, and that its trigger gives just this. */
function knownValues({ trigger, input }: { trigger: string; input: Json }): ScopeValues {
  const run = { id: '', input: input as ScopeValues['run']['input'], startedAt: '' };
  return { run, nodes: { [trigger]: input } };
}

type One = { state: State; model: AskedModel; known: ScopeValues | null; program: Program; pipelineId: string };

async function estimateNode({ state, model, known, program, pipelineId }: One): Promise<NodeEstimate> {
  const [found, steps, counts] = await Promise.all([
    findPrice(pool(), model.provider, model.pricedAs),
    stepsBefore(pipelineId, state.id, model.rehearsal),
    countsBefore(pipelineId, state.id),
  ]);
  // The turns of an agent travel one by one.
  const price = found && model.batch && turnsOf(state) === 1 ? batchPriced(found) : found;
  const about = { model: model.model, provider: model.provider, each: state.scope !== null, samples: steps.length };
  if (price && !charges(price))
    return {
      ...about,
      basis: model.rehearsal ? 'rehearsal' : 'bindings',
      unpriced: false,
      once: nothing,
      run: nothing,
    };
  if (!price) return { ...about, basis: 'template', unpriced: true, once: null, run: null };
  const prompt = inTurns(await promptTokens(state, known), turnsOf(state));
  const input = prompt.exact || steps.length < fewest ? prompt : null;
  const once = estimate({ input, most: mostOf(state, model, price) * turnsOf(state), price }, steps);
  const count = countOf({ state, program, known, counts });
  const basis = prompt.exact ? 'bindings' : steps.length >= fewest ? 'history' : 'template';
  return { ...about, basis, unpriced: false, once, run: count && times(once, count) };
}

const fewest = 5;
const nothing: Band = { p50Micros: 0, p90Micros: 0 };

function mostOf({ type, config }: State, model: AskedModel, price: Price): number {
  if (type === 'llm.embed') return 0;
  const stated = typeof config.maxOutputTokens === 'number' ? config.maxOutputTokens : Infinity;
  const longest = Math.min(stated, model.longestAnswer ?? Infinity);
  return longestAnswer(Number.isFinite(longest) ? { maxOutputTokens: longest } : {}, price);
}

/** How often an agent asks at most; of other nodes 1. */
const turnsOf = ({ config }: State): number => (typeof config.maxTurns === 'number' ? config.maxTurns : 1);

type Prompt = Awaited<ReturnType<typeof promptTokens>>;

/** What an agent sends is known for its first turn only. */
const inTurns = (prompt: Prompt, turns: number): Prompt =>
  turns === 1 ? prompt : { p50: prompt.p50, p90: prompt.p90 * turns, exact: false };

/** Null: it runs for each item of something, and nobody knows yet of how many. */
function countOf(of: Pick<One, 'state' | 'program' | 'known'> & { counts: number[] }): Count | null {
  const { state, program, known, counts } = of;
  if (state.scope === null) return { p50: 1, p90: 1 };
  const items = known && program.states[state.scope]?.inputs.items;
  const list = items?.kind === 'value' ? items.value : undefined;
  if (Array.isArray(list)) return { p50: list.length, p90: list.length };
  if (counts.length === 0) return null;
  return { p50: quantile(counts, 0.5), p90: quantile(counts, 0.9) };
}

/** What all calls of a step used, of the node's last 200 steps. */
async function stepsBefore(pipelineId: string, state: string, rehearsal: boolean): Promise<Used[]> {
  return await query<Used>(
    `select sum(input_tokens)::int as "inputTokens", sum(counted_tokens)::int as "countedTokens", sum(output_tokens)::int as "outputTokens"
       from (select * from spend where pipeline_id = $1 and state = $2 and rehearsal = $3 and input_tokens > 0 order by id desc limit 400) last
      group by step_id order by max(id) desc limit 200`,
    [pipelineId, state, rehearsal],
  );
}

/** How many steps of the node the last 40 runs had that it ran in. */
async function countsBefore(pipelineId: string, state: string): Promise<number[]> {
  const rows = await query<{ steps: number }>(
    `select count(distinct step_id)::int as steps
       from (select run_id, step_id, id from spend where pipeline_id = $1 and state = $2 order by id desc limit 4000) last
      group by run_id order by max(id) desc limit 40`,
    [pipelineId, state],
  );
  return rows.map(({ steps }) => steps);
}
