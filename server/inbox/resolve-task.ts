import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { FailureChoice } from './types.ts';
export type TaskResolve = {
  taskId: string;
  token: string;
  choice: FailureChoice;
  input?: JsonObject | undefined;
  value?: Json | undefined;
  outcome?: string | undefined;
};
export async function resolveTask(
  _scope: Scope,
  _args: TaskResolve,
): Promise<{ taskId: string; undoId: string | null }> {
  throw new AppError('UNAVAILABLE');
}
