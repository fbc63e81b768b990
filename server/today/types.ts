import type { NodeFailure } from '#nodes/core/errors.ts';
import type { TaskRow } from '#server/inbox/types.ts';
import type { RunRow } from '#server/runs/types.ts';

export type Today = {
  /** At most 8, oldest first. */
  waiting: TaskRow[];
  waitingCount: number;
  running: (RunRow & { progress: { steps: number; done: number } })[];
  broke: {
    runId: string;
    ref: number;
    pipelineName: string;
    state: string | null;
    title: string;
    failure: NodeFailure;
    at: number;
  }[];
  spend: {
    totalMicros: number;
    byPipeline: { pipelineId: string; name: string; runs: number; settledMicros: number }[];
    /** One entry for each hour of the day, local to the server. */
    hourly: { hour: number; micros: number }[];
  };
  /** What finished steps of today achieved, e.g. mails sent. */
  outcomes: { title: string; pipelineName: string; count: number }[];
};
