import { type TaskClass, taskClasses } from '#nodes/core/capabilities.ts';
import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { toAppError } from '#server/errors.ts';
import { pricedAs } from '#server/models/held-cost.ts';
import type { ModelSource } from '#server/models/model-source.ts';
import { findPrice } from '#server/models/prices.ts';
import { ownModels } from '#server/money/asked-model.ts';
import { parseSettings } from '#server/projects/settings.ts';
import { getTaskClasses } from './get-task-classes.ts';

/** What a million tokens cost, in micro-dollars. */
export type RoutePrice = { inputMicros: number; outputMicros: number; batchPermille: number };

/** Whom work of a class asks, first or as a fallback. */
export type ClassRoute =
  | { ok: true; named: string; model: string; provider: string; rehearsal: boolean; price: RoutePrice | null }
  /** Nobody can be asked. */
  | { ok: false; named: string; problem: string };

/**
 * Whom each class of work asks where a node names no model, the fallbacks after it, and what they cost. `price` null:
 * nobody knows, which is not the same as nothing.
 */
export async function resolveTaskClasses(scope: Scope): Promise<Record<TaskClass, ClassRoute[]>> {
  const [classes, source, project] = await Promise.all([
    getTaskClasses(scope),
    ownModels(),
    scope.db.project.findUniqueOrThrow({ where: { id: scope.projectId } }),
  ]);
  const { model: ofProject } = parseSettings(project.settings);
  const resolved = taskClasses.map(async (name) => {
    const { model, fallbacks } = classes[name];
    const names = [model || ofProject, ...fallbacks];
    return [name, await Promise.all(names.map((named) => routeOf(source, scope.projectId, named)))] as const;
  });
  return Object.fromEntries(await Promise.all(resolved)) as Record<TaskClass, ClassRoute[]>;
}

async function routeOf(source: ModelSource, projectId: string, named: string): Promise<ClassRoute> {
  try {
    const { provider, model } = await source.choose(projectId, named, 'text');
    const found = await findPrice(pool(), provider.name, pricedAs(provider, model));
    const price = found && {
      inputMicros: Number(found.inputMicros),
      outputMicros: Number(found.outputMicros),
      batchPermille: found.batchPermille,
    };
    return { ok: true, named, model, provider: provider.name, rehearsal: provider.rehearsal, price };
  } catch (error) {
    return { ok: false, named, problem: toAppError(error).message };
  }
}
