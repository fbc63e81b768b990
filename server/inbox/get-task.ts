import type { Provenance } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import { type Program, readProgram } from '#nodes/core/program.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { enclosingPaths } from '#server/runs/paths.ts';
import { effectsIfApproved } from './effects-if-approved.ts';
import { failedStep } from './failed-step.ts';
import { nodeTitle } from './node-title.ts';
import { type FullTask, requireTask } from './require-task.ts';
import { toTaskRow } from './rows.ts';
import type { TaskView } from './types.ts';
import { upstreamStates } from './upstream-states.ts';

/** A task with what is proposed, all that led to it, what it cost so far, and what happens if it is approved. */
export async function getTask(scope: Scope, taskId: string): Promise<TaskView> {
  const task = await requireTask(scope, taskId);
  const programs = await query<{ program: Program }>('select ir as program from program where id = $1', [
    task.programId,
  ]);
  const program = readProgram(found(programs[0], 'The program of the run').program);
  const [led, effect] = await Promise.all([stepsThatLed(task, program), effectAskedAbout(task)]);
  return {
    ...toTaskRow(task),
    request: task.request,
    token: task.token,
    provenance: led
      .filter((step) => step.entries.length > 0)
      .map(({ state, entries }) => ({ state, title: nodeTitle(task.graph, state), entries })),
    spend: { costMicros: led.reduce((sum, step) => sum + Number(step.cost), 0) },
    effects:
      task.kind === 'approval' && !('undo' in task.request) ? effectsIfApproved(program, task.graph, task.state) : [],
    effect,
    failed: task.request.kind === 'failure' ? await failedStep(task, program) : null,
  };
}

type Led = { state: string; entries: Provenance[]; cost: string };

/** The step itself and those whose outputs it rests on, in its own iteration or one around it, in their order. */
async function stepsThatLed(task: FullTask, program: Program): Promise<Led[]> {
  return await query<Led>(
    `select s.state, coalesce(v.provenance, '[]') as entries, s.cost_micros::text as cost
       from step s left join step_value v on v.step_id = s.id
      where s.run_id = $1 and s.state = any($2) and s.path = any($3) order by s.id`,
    [task.runId, upstreamStates(program, task.state), enclosingPaths(task.path)],
  );
}

async function effectAskedAbout(task: FullTask): Promise<TaskView['effect']> {
  if (task.request.kind !== 'decision') return null;
  const rows = await query<{ kind: string; intent: Json; intentAt: Date }>(
    `select kind, intent, intent_at as "intentAt" from effect where key = $1 and run_id = $2`,
    [task.request.effectKey, task.runId],
  );
  const [row] = rows;
  return row ? { ...row, intentAt: row.intentAt.getTime() } : null;
}
