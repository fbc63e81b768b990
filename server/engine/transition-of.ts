import { randomBytes } from 'node:crypto';
import type { Program } from '#nodes/core/program.ts';
import { decide, fireAt, iterationEnded, type Transition } from '#nodes/core/step.ts';
import type { Claimed, Commit } from './commit.ts';
import type { Executed } from './execute.ts';

type Part = Omit<Commit, 'workerId' | 'claimed' | 'next'>;

/** What to commit for an executed step: the transition and what belongs to it. */
export function transitionOf(program: Program, claimed: Claimed, executed: Executed, pipelineName: string): Part {
  const { values } = executed;
  if (executed.kind === 'item') {
    const { outcome, result } = executed;
    return { transition: iterationEnded, values, item: { outcome, result } };
  }
  const transition = decide(program, claimed, executed.event);
  const task = transition.task
    ? {
        task: {
          token: randomBytes(24).toString('base64url'),
          title: 'Did this happen?',
          subject: `${claimed.state} in ${pipelineName}`,
        },
      }
    : {};
  return { transition, values, ...task, ...mapBodyOf(program, claimed, transition) };
}

function mapBodyOf(program: Program, claimed: Claimed, transition: Transition): Pick<Commit, 'mapBody'> {
  const state = program.states[claimed.state];
  if (!transition.map || !state?.body) return {};
  const { start, arrivals } = state.body.arc;
  return {
    mapBody: {
      starts: start,
      arrivals: arrivals.map((arrival) => ({
        ...arrival,
        edges: program.joins[arrival.join]?.edges ?? 0,
        fireAt: fireAt(program, arrival.join),
      })),
      onItemError: String(state.config.onItemError ?? 'collect'),
    },
  };
}
