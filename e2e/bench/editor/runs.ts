import { setTimeout as sleep } from 'node:timers/promises';
import type { PipelineView } from '#server/pipelines/types.ts';
import type { RunDetail } from '#server/runs/types.ts';
import type { Rig } from './rig.ts';

/** Publishes the draft as it stands: runs of it do not mind what is edited meanwhile. */
export async function published({ call, query, projectId }: Rig, pipelineId: string): Promise<void> {
  const { draftRevision: revision } = await query<PipelineView>('pipelines.get', { projectId, pipelineId });
  await call('pipelines.publish', { projectId, pipelineId, revision });
}

/** Starts a run on the rehearsal model, of the draft or of what is published; answers its id when it is over. */
export async function finishedRun(
  rig: Rig,
  pipelineId: string,
  source: 'draft' | 'published' = 'draft',
): Promise<string> {
  const { projectId } = rig;
  const { runId } = await rig.call<{ runId: string }>('runs.start', {
    projectId,
    pipelineId,
    source,
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
