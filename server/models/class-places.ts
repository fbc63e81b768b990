import { NodeError } from '#nodes/core/errors.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';

/** How many calls of a kind of work may be under way at once in a project, and what that kind is called. */
export type ClassPlaces = { name: string; places: number | null };

/**
 * Does the work in a place of its kind, which all workers share; without a limit nothing is asked. Errors: MODEL_BUSY where
 * no place is free. The step is then written down, and goes on when one is.
 */
export async function inPlace<T>(
  { db, projectId, workerId, stepId }: StepScope,
  { name, places }: ClassPlaces,
  work: () => Promise<T>,
): Promise<T> {
  if (places === null) return await work();
  const bucket = `${projectId}:${name}`;
  const { rows } = await db.query<{ id: string | null }>({
    name: 'sg_take_place',
    text: 'select sg_take_place($1, $2, $3, $4)::text as id',
    values: [bucket, places, workerId.toString(), stepId.toString()],
  });
  const id = rows[0]?.id ?? null;
  if (id === null)
    throw new NodeError('MODEL_BUSY', `Of the kind of work ${name} as many calls are under way as may be: ${places}.`, {
      details: { place: name, places },
      happened: 'no',
    });
  try {
    return await work();
  } finally {
    // One that cannot be given back now is by the sweep: what came of the work goes before.
    await db
      .query({ name: 'sg_free_place', text: 'select sg_free_place($1, $2)', values: [bucket, id] })
      .catch(() => null);
  }
}
