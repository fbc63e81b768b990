import type { Program } from '#nodes/core/program.ts';
import type { StepEvent } from '#nodes/core/step.ts';
import { pool, query } from '#server/db/pool.ts';
import { type Claimed, claim, commit, type StepValues } from '#server/engine/commit.ts';
import { transitionOf } from '#server/engine/transition-of.ts';

export type Reply = StepEvent & { values?: Partial<StepValues> };

/** A worker that tests move by hand: it writes transitions as the engine does, and executes no node. */
export async function handWorker(): Promise<{
  /** Works until nothing is ready, answering each step as told. */
  work: (runId: string, reply: (step: Claimed) => Reply) => Promise<void>;
}> {
  const [worker] = await query<{ id: string }>(
    `insert into worker (host, pid, version, concurrency) values ('test', 1, '0', 1) returning id::text`,
  );
  const workerId = worker?.id ?? '';
  return {
    async work(runId, reply) {
      const [run] = await query<{ program: Program }>(
        'select p.ir as program from run r join program p on p.id = r.program_id where r.id = $1',
        [runId],
      );
      if (!run) throw new Error(`Run ${runId} is not there.`);
      for (let steps = await ready(runId); steps.length > 0; steps = await ready(runId))
        for (const { id } of steps) await advance(run.program, await claim(pool(), id, workerId), reply);
    },
  };

  async function advance(program: Program, claimed: Claimed | null, reply: (step: Claimed) => Reply): Promise<void> {
    if (!claimed) return;
    const { values = {}, ...event } = claimed.state.startsWith('$end:') ? { kind: 'item' as const } : reply(claimed);
    const record: StepValues = { input: null, provenance: [], logs: [], ...values };
    const executed =
      event.kind === 'item'
        ? ({ kind: 'item', end: { outcome: 'ok', result: claimed.path }, values: record } as const)
        : ({ kind: 'event', event, values: record } as const);
    await commit(pool(), { workerId, claimed, keep: 0, ...transitionOf(program, claimed, executed, 'Pipeline') });
  }
}

async function ready(runId: string): Promise<{ id: string }[]> {
  return await query(`select id::text as id from step where run_id = $1 and status = 'ready' order by id`, [runId]);
}
