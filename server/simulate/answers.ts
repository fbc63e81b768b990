import type { Decision } from '#nodes/core/define-node.ts';
import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Program } from '#nodes/core/program.ts';
import type { ChildEnd, Resolution, StepRequest } from '#nodes/core/simulate.ts';
import type { StepEvent } from '#nodes/core/step.ts';
import { seeded } from '#nodes/core/testing/random-graph.ts';

/** How often something goes wrong, 0 to 1 each. */
export type Misfortune = {
  /** An attempt is lost, as when its worker dies, and made again. */
  lost: number;
  /** An attempt fails and is tried again later. */
  passing: number;
  /** A step fails for good. */
  final: number;
  /** It is not known whether an effect happened. */
  unknown: number;
  /** A step waits, for the time or for an event that may not come. */
  waits: number;
};

export const calm: Misfortune = { lost: 0, passing: 0, final: 0, unknown: 0, waits: 0 };
export const rough: Misfortune = { lost: 0.08, passing: 0.06, final: 0.04, unknown: 0.03, waits: 0.12 };

const failure: NodeFailure = { code: 'INTERNAL', message: 'It failed.' };
const attemptsAtMost = 4;

/** A number of a text and a seed (FNV-1a), so that an answer depends on what is asked and not on when. */
function numberOf(seed: number, text: string): number {
  let mixed = (seed ^ 0x811c9dc5) >>> 0;
  for (let at = 0; at < text.length; at += 1) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return mixed;
}

export type Answers = {
  respond: (request: StepRequest) => StepEvent;
  resolve: (failed: { state: string; path: string }) => Resolution;
  approve: (asked: { state: string; path: string }) => Decision;
  receive: (awaited: { state: string; path: string }) => { data: null } | null;
  call: (called: { state: string; path: string }) => ChildEnd;
};

/** What nodes, the operator and the outside answer: drawn from the seed for each step and attempt, whatever the order. */
export function answersOf(program: Program, seed: number, misfortune: Misfortune): Answers {
  const rollsOf = (what: string, ...at: (string | number)[]) => seeded(numberOf(seed, [what, ...at].join('|')));

  function respond({ state: id, path, attempt, woken, decision }: StepRequest): StepEvent {
    const roll = rollsOf('step', id, path, attempt, woken?.kind ?? '', decision === null ? '' : 'decided');
    const state = program.states[id];
    if (!state) throw new Error(`The program has no state "${id}".`);
    const bad = misfortuneOf(roll(), attempt, misfortune);
    if (bad) return bad;
    if (!woken && roll() < misfortune.waits && state.kind === 'task') return wait(roll());
    switch (state.kind) {
      case 'map':
        return { kind: 'map', items: Array.from({ length: Math.floor(roll() * 4) }, (_, n) => n), concurrency: 2 };
      case 'loop':
        return { kind: 'loop', value: 0 };
      case 'agent':
        if ((woken?.kind === 'items' ? woken.items.length : 0) >= 3) return done(Object.keys(state.arcs), roll);
        return { kind: 'map', items: [0], concurrency: 2 };
      case 'call':
        if (!woken) return { kind: 'call', pipeline: 'other', version: 1, input: {}, wake: { kind: 'in', ms: 50 } };
        return done(Object.keys(state.arcs), roll);
      default:
        return done(Object.keys(state.arcs), roll);
    }
  }

  return {
    respond,
    resolve: ({ state, path }) => {
      const roll = rollsOf('resolve', state, path)();
      if (roll < 0.6 || program.states[state]?.kind !== 'task') return { kind: 'stop' };
      return { kind: 'skip', value: { text: 'skipped' } };
    },
    approve: ({ state, path }) => {
      const decision = rollsOf('approve', state, path)() < 0.7 ? 'approve' : 'reject';
      return { decision, value: null, edited: false, reason: null, by: 'operator', at: 0 };
    },
    receive: ({ state, path }) => (rollsOf('event', state, path)() < 0.6 ? { data: null } : null),
    call: ({ state, path }) =>
      rollsOf('call', state, path)() < 1 - misfortune.final
        ? { status: 'completed', output: {}, failure: null }
        : { status: 'failed', output: {}, failure },
  };
}

function misfortuneOf(roll: number, attempt: number, { lost, passing, final, unknown }: Misfortune): StepEvent | null {
  const again = attempt < attemptsAtMost;
  if (roll < lost) return again ? { kind: 'failed', failure, retryInMs: 0 } : null;
  if (roll < lost + passing) return again ? { kind: 'failed', failure, retryInMs: 20 * attempt } : null;
  if (roll < lost + passing + final) return { kind: 'failed', failure, retryInMs: null };
  if (roll < lost + passing + final + unknown)
    return { kind: 'unknown-effect', failure: { code: 'EFFECT_UNKNOWN', message: '' }, effectKey: 'k' };
  return null;
}

function wait(roll: number): StepEvent {
  const wake = { kind: 'in', ms: Math.round(roll * 1_000) } as const;
  return roll < 0.5 ? { kind: 'sleep', wake } : { kind: 'await-event', name: 'told', key: '7', wake };
}

function done(outcomes: string[], random: () => number): StepEvent {
  const usual = outcomes.filter((outcome) => outcome !== 'error');
  const outcome = usual[Math.floor(random() * usual.length)] ?? 'ok';
  return { kind: 'done', outcome, output: { text: 'x' } };
}
