import type { Json } from '#nodes/core/json.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { StartedRun } from '#server/runs/start-run.ts';
import type { ForkEdit, ForkVersion } from './types.ts';
export type ForkWanted = {
  runId: string;
  seq: number;
  edits: ForkEdit[];
  input?: Json | undefined;
  version: ForkVersion;
  requestKey: string | null;
};
export async function forkRun(_scope: Scope, _args: ForkWanted): Promise<StartedRun> {
  throw new AppError('UNAVAILABLE');
}
