import type { Pool } from 'pg';
import type { TaskClass } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { pool } from '#server/db/pool.ts';
import { env } from '#server/env.ts';
import { chooseProvider } from '#server/models/choose-provider.ts';
import { pricedAs } from '#server/models/held-cost.ts';
import { type ModelSource, modelSource } from '#server/models/model-source.ts';
import type { ProjectSettings } from '#server/projects/settings.ts';
import { keyRing } from '#server/secrets/key-ring.ts';

/** Whom a node would ask. `rehearsal`: nobody, for free. */
export type AskedModel = {
  provider: string;
  model: string;
  rehearsal: boolean;
  pricedAs: string[];
  /** Answers of its kind of work are no longer, whatever the node allows; null: as long as the node says. */
  longestAnswer: number | null;
  /** Its calls travel with batches, at the price of those. */
  batch: boolean;
};
type Asking = { named: string; taskClass: TaskClass; what: 'text' | 'vectors' };
type Project = { projectId: string; settings: ProjectSettings };

/**
 * Says whom the nodes of a project would ask, as a step finds it: its own model, else that of its kind of work, of the
 * project, of the default connection or of the environment. Null where the key of the connection cannot be read.
 */
export async function askedModels(project: Project): Promise<(asking: Asking) => Promise<AskedModel | null>> {
  const source = await ownModels();
  return async ({ named, taskClass, what }) => {
    const { model: ofClass, maxOutputTokens, batchEndpoint } = await source.classOf(project.projectId, taskClass);
    const name = what === 'vectors' ? named : named || ofClass || project.settings.model;
    try {
      const { provider, model } = await source.choose(project.projectId, name, what);
      const { rehearsal } = provider;
      return {
        provider: provider.name,
        model,
        rehearsal,
        pricedAs: pricedAs(provider, model),
        longestAnswer: maxOutputTokens,
        batch: batchEndpoint && taskClass === 'batch' && what === 'text' && provider.batch !== undefined,
      };
    } catch (error) {
      if (error instanceof NodeError && error.code === 'NOT_CONFIGURED') return null;
      throw error;
    }
  };
}

/** The ways to models as the steps of this installation have them. */
export async function ownModels(db: Pool = pool()): Promise<ModelSource> {
  return modelSource(db, await chooseProvider(env()), () => keyRing(env()));
}
