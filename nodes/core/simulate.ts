import type { Program } from './program.ts';
import { play, type Simulation } from './simulation/play.ts';
import type { Playing, StepRequest } from './simulation/world.ts';
import type { StepEvent } from './step.ts';

export type SimulationOptions = Playing & {
  /** Answers an activation of a state, in place of the node's effect. */
  respond: (step: StepRequest) => StepEvent;
};

/** Runs a program in memory, whole. What the engine does in Postgres is this, so both must come to the same result. */
export function simulate(program: Program, options: SimulationOptions): Simulation {
  const playing = play(program, options);
  let next = playing.next();
  while (!next.done) next = playing.next(options.respond(next.value));
  return next.value;
}

export type { Simulation } from './simulation/play.ts';
export type { ChildEnd, Outside, Playing, Resolution, SimulatedStep, StepRequest } from './simulation/world.ts';
