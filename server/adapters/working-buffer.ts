import type { MemoryCapability } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { AppError } from '#server/errors.ts';
import { heldValue } from '#server/working/held-value.ts';
import { holdValue } from '#server/working/hold-value.ts';
import type { Owner } from '#server/working/owner.ts';
import type { StepScope } from './step-scope.ts';

/** What a step's run, and the sessions of its project, have at hand. Who put there what a step takes is one of its reasons. */
export function workingBuffer(step: StepScope): Pick<MemoryCapability, 'hold' | 'held'> {
  const { projectId } = step;
  const runId = step.runId.toString();
  const ownerOf = (session: string | undefined): Owner =>
    session ? { kind: 'session', name: session } : { kind: 'run', runId };
  return {
    async hold({ session, ...held }) {
      try {
        const { state, path } = step;
        const by = { runId, step: { id: step.stepId.toString(), state, path } };
        return await holdValue(step.db, { ...held, projectId, owner: ownerOf(session), ...by });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const code = error.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'INPUT_INVALID';
        throw new NodeError(code, error.message, { cause: error, happened: 'no' });
      }
    },
    async held({ name, session }) {
      const held = await heldValue(step.db, { projectId, owner: ownerOf(session), name });
      if (!held) return null;
      const { value, by, at, from } = held;
      step.explain({ kind: 'held', name, session: session ?? null, by, at, from });
      return { value };
    },
  };
}
