import { calledTrigger } from '#nodes/core/compile/signature.ts';
import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import { depthLimit } from '#nodes/core/program.ts';
import { decideStart } from '#nodes/core/step.ts';
import type { Engine } from './advance.ts';
import { storable } from './storable.ts';

type Caller = {
  runId: string;
  projectId: string;
  mode: string;
  depth: number;
  key: string;
  call: { pipeline: string; version: number; input: Json };
};

type Called = { pipelineId: string; graph: Json; programId: string };

/**
 * Starts the run that a waiting step calls: pinned to the named version, in the mode of the caller. Asked again it
 * starts nothing more. What cannot be started goes back to the step as a failure.
 */
export async function startCalled(engine: Engine, stepId: string): Promise<void> {
  const caller = await callerOf(engine, stepId);
  if (!caller) return;
  const called = await calledBy(engine, caller);
  const { pipeline, version, input } = caller.call;
  if (caller.depth >= depthLimit)
    return await refuse(engine, stepId, {
      code: 'TOO_DEEP',
      message: `Pipelines call each other ${depthLimit} deep here, which is the most. Call fewer from one another.`,
    });
  if (!called)
    return await refuse(engine, stepId, {
      code: 'CHILD_FAILED',
      message: `There is no version ${version} of the pipeline "${pipeline}" in this project. Choose another one.`,
    });
  const program = await engine.cache.program(called.programId);
  const trigger = calledTrigger(program);
  if (trigger === null) throw new Error(`Program ${called.programId} has no trigger.`);
  const { timeoutMs } = program.settings;
  await engine.pool.query('select sg_start_runs($1::jsonb)', [
    storable([
      {
        projectId: caller.projectId,
        pipelineId: called.pipelineId,
        graphId: await graphIdOf(engine, called.graph),
        programId: called.programId,
        version,
        trigger,
        mode: caller.mode,
        input,
        requestKey: `call:${caller.key}`,
        start: decideStart(program, trigger),
        parentStepId: stepId,
        depth: caller.depth + 1,
        ...(timeoutMs === null ? {} : { deadlineMs: timeoutMs }),
      },
    ]),
  ]);
  await engine.pool.query(
    `update step set waiting = step.waiting || jsonb_build_object('runId', c.id::text) from run c
      where step.id = $1 and c.parent_step_id = step.id and c.request_key = $2 and step.waiting->>'kind' = 'child'`,
    [stepId, `call:${caller.key}`],
  );
}

async function callerOf({ pool }: Engine, stepId: string): Promise<Caller | null> {
  const { rows } = await pool.query<Caller>(
    `select r.id::text as "runId", r.project_id as "projectId", r.mode, r.depth, s.decision as call,
            concat_ws(':', r.id || case when r.generation > 0 then '~' || r.generation else '' end, s.state, s.path, s.attempt) as key
       from step s join run r on r.id = s.run_id
      where s.id = $1 and s.status = 'waiting' and s.waiting->>'kind' = 'child' and s.decision->>'kind' = 'call'`,
    [stepId],
  );
  return rows[0] ?? null;
}

async function calledBy({ pool }: Engine, { projectId, call }: Caller): Promise<Called | null> {
  const { rows } = await pool.query<Called>(
    `select p.id as "pipelineId", v.graph, g.id::text as "programId"
       from pipeline p join pipeline_version v on v.pipeline_id = p.id join program g on g.hash = v.program_hash
      where p.project_id = $1 and (p.id::text = $2 or p.name = $2) and v.number = $3
      order by (p.id::text = $2) desc, p.created_at limit 1`,
    [projectId, call.pipeline, call.version],
  );
  return rows[0] ?? null;
}

async function graphIdOf({ pool }: Engine, graph: Json): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('select sg_graph_id($1::jsonb)::text as id', [storable(graph)]);
  if (!rows[0]) throw new Error('The graph was not stored.');
  return rows[0].id;
}

async function refuse({ pool, hints }: Engine, stepId: string, failure: NodeFailure): Promise<void> {
  const { rows } = await pool.query<{ run: string | null }>('select sg_refuse_call($1, $2::jsonb)::text as run', [
    stepId,
    JSON.stringify(failure),
  ]);
  if (rows[0]?.run) hints.add(rows[0].run);
}
