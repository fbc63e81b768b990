import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Program } from '#nodes/core/program.ts';
import type { Checkpoint, OpenMap } from '#nodes/core/travel/history.ts';
import { replay } from '#nodes/core/travel/replay.ts';
import { mapBodyOf } from '#server/engine/transition-of.ts';
import { AppError } from '#server/errors.ts';
import { historyOf, type RunPast } from './run-history.ts';

/** Where a run stands at a checkpoint, as `sg_place` writes it. */
export type Place = JsonObject;

/**
 * Works out where a run stood after what it has behind it. Errors: CONFLICT where that cannot be told, or where nothing
 * follows it.
 */
export function placeAt(program: Program, run: RunPast): Place {
  const checkpoint = checkpointOf(program, run);
  if (checkpoint.ended !== null || checkpoint.frontier.length + checkpoint.maps.length === 0)
    throw new AppError(
      'CONFLICT',
      'The run had ended at this checkpoint, so nothing follows it. Choose an earlier one.',
    );
  const concurrency = new Map(
    run.past.flatMap(({ entry }) =>
      entry.kind === 'began' ? [[`${entry.path}|${entry.state}`, entry.concurrency] as const] : [],
    ),
  );
  return {
    joins: checkpoint.joins,
    maps: checkpoint.maps.map((map) => open(program, map, concurrency.get(`${map.path}|${map.state}`) ?? 1)),
    frontier: checkpoint.frontier.map(({ state, path, decision }) => ({ state, path, decision: decision as Json })),
  };
}

/** Where a run stood. Errors: CONFLICT where its history is not one of the program. */
export function checkpointOf(program: Program, run: RunPast): Checkpoint {
  try {
    return replay(program, historyOf(run));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('CONFLICT', `This checkpoint cannot be gone back to. ${why} Choose another one.`, { cause });
  }
}

function open(program: Program, map: OpenMap, concurrency: number): JsonObject {
  const { state, total } = map;
  const body = { ...mapBodyOf(program, state), concurrency };
  const waiting: JsonObject = body.loop ? { kind: 'passes', bound: body.bound } : { kind: 'items', total, concurrency };
  return { ...map, body: body as unknown as JsonObject, waiting };
}

/** Ids of the states that make a run's output. */
export function outputStates(program: Program): string[] {
  return Object.values(program.states).flatMap(({ id, kind }) => (kind === 'output' ? [id] : []));
}
