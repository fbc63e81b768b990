import { setTimeout as sleep } from 'node:timers/promises';
import type { RunDetail } from '#server/runs/types.ts';
import type { Rig } from './rig.ts';

/** Starts a run of the draft on the rehearsal model; answers its id when it is over. */
export async function finishedRun(rig: Rig, pipelineId: string): Promise<string> {
  const { projectId } = rig;
  const { runId } = await rig.call<{ runId: string }>('runs.start', {
    projectId,
    pipelineId,
    source: 'draft',
    trigger: 'start',
    input: { topic: 'spring', count: 1_000_000 },
    requestKey: null,
  });
  for (let waited = 0; waited < 120_000; waited += 100) {
    const { status } = await rig.query<RunDetail>('runs.get', { projectId, runId });
    if (status === 'completed') return runId;
    if (status === 'failed' || status === 'cancelled') throw new Error(`The bench's run ${runId} is ${status}.`);
    await sleep(100);
  }
  throw new Error(`The bench's run ${runId} was not over within two minutes.`);
}
