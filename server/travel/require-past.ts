import type { Graph } from '#nodes/core/graph.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { type Program, readProgram } from '#nodes/core/program.ts';
import type { Query } from '#server/db/pool.ts';
import { found } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { RunMode, RunStatus } from '#server/runs/types.ts';
import { isPruned } from '#server/undo/effect-rows.ts';
import { type RunPast, readPast } from './run-history.ts';

/** A run with its program and all that it has behind it. */
export type PastRun = {
  id: string;
  ref: number;
  pipelineId: string;
  programId: string;
  graphId: string;
  graph: Graph;
  program: Program;
  version: number | null;
  mode: RunMode;
  trigger: string;
  status: RunStatus;
  input: JsonObject;
  pins: Json;
  seq: number;
  depth: number;
  called: boolean;
  forked: boolean;
  undo: string | null;
} & RunPast;

type Row = Omit<PastRun, 'past' | 'repeated'> & { pruned: boolean };

/** Reads a run of the project for time travel. Errors: NOT_FOUND; CONFLICT where what it did is not kept any more. */
export async function requirePast(
  query: Query,
  { runId, projectId }: { runId: string; projectId: string },
): Promise<PastRun> {
  const rows = await query<Row>(
    `select r.id::text, r.ref, r.pipeline_id as "pipelineId", r.program_id::text as "programId", r.graph_id::text as "graphId", rg.graph, g.ir as program,
            r.version, r.mode, r.trigger, r.status, r.input, r.pins, r.seq, r.depth, r.parent_step_id is not null as called,
            r.forked_from is not null as forked, r.undo,
            r.pruned_at is not null or (r.values_pruned_at is not null and exists (
              select from step s join step_value v on v.step_id = s.id where s.run_id = r.id and ${isPruned})) as pruned
       from run r join program g on g.id = r.program_id join run_graph rg on rg.id = r.graph_id where r.id = $1 and r.project_id = $2`,
    [runId, projectId],
  );
  const { pruned, program: stored, ...run } = found(rows[0], `The run ${runId}`);
  if (pruned)
    throw new AppError(
      'CONFLICT',
      'What this run did is not kept any more: it is older than the retention policy keeps. Start a new run instead.',
    );
  const program = readProgram(stored);
  return { ...run, program, ...(await readPast(query, { runId, trigger: run.trigger, program })) };
}

/** Refuses an event that is no checkpoint of the run. Errors: INPUT_INVALID. */
export function requireSeq({ seq: last, forked }: PastRun, seq: number): void {
  const first = forked ? 1 : 0;
  if (seq < first || seq > last)
    throw new AppError('INPUT_INVALID', `seq: the run has checkpoints from ${first} to ${last}, not ${seq}.`);
}
