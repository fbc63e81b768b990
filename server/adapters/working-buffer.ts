import type { MemoryCapability } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { AppError } from '#server/errors.ts';
import { heldValue } from '#server/working/held-value.ts';
import { holdValue } from '#server/working/hold-value.ts';
import type { Owner } from '#server/working/owner.ts';
import type { StepScope } from './step-scope.ts';

/** What a step's run, and the sessions of its project, have at hand. */
export function workingBuffer(step: StepScope): Pick<MemoryCapability, 'hold' | 'held'> {
  const { projectId } = step;
  const runId = step.runId.toString();
  const ownerOf = (session: string | undefined): Owner =>
    session ? { kind: 'session', name: session } : { kind: 'run', runId };
  return {
    async hold({ session, ...held }) {
      try {
        return await holdValue(step.db, { ...held, projectId, owner: ownerOf(session), runId });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const code = error.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'INPUT_INVALID';
        throw new NodeError(code, error.message, { cause: error, happened: 'no' });
      }
    },
    held: ({ name, session }) => heldValue(step.db, { projectId, owner: ownerOf(session), name }),
  };
}
