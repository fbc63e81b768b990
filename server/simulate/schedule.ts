import { isDeepStrictEqual } from 'node:util';
import { compile } from '#nodes/core/compile/compile.ts';
import { type Program, runEnd } from '#nodes/core/program.ts';
import { type Simulation, simulate } from '#nodes/core/simulate.ts';
import { testDefinitions } from '#nodes/core/testing/definitions.ts';
import { randomGraph, seeded } from '#nodes/core/testing/random-graph.ts';
import { answersOf, calm, type Misfortune, rough } from './answers.ts';

/** A program of a seed; null where a join of the graph that was drawn can never complete, which the compiler refuses. */
export function programOf(seed: number, size: number): Program | null {
  const random = seeded(seed);
  const graph = randomGraph(random, size);
  return compile({ ...graph, settings: { onFailure: random() < 0.3 ? 'ask' : 'stop' } }, testDefinitions).program;
}

const maxSteps = 20_000;

type Played = { end: Simulation; problems: string[] };

/** Plays one schedule: the order of what happens from one seed, what is answered from the other. */
function played(program: Program, answers: number, order: number, misfortune: Misfortune): Played {
  const problems: string[] = [];
  const over = new Map<string, string>();
  const { respond, ...outside } = answersOf(program, answers, misfortune);
  let clock = 0;
  const end = simulate(program, {
    ...outside,
    trigger: 'go',
    input: { name: 'Ada', count: 1 },
    random: seeded(order),
    maxSteps,
    respond: (request) => {
      if (request.nowMs < clock) problems.push(`the clock went back from ${clock} to ${request.nowMs}`);
      clock = request.nowMs;
      const was = over.get(`${request.path}|${request.state}`);
      if (was === 'done') problems.push(`step "${request.state}" at "${request.path}" ran again after it was done`);
      return respond(request);
    },
    observe: (executed, _steps, joins) => {
      if (executed.status === 'done') over.set(`${executed.path}|${executed.state}`, 'done');
      // A map that is tried again begins anew.
      else for (const key of over.keys()) if (key.includes(`${executed.state}:`)) over.delete(key);
      for (const [key, { settled, taken }] of joins) {
        const edges = program.joins[key.slice(key.lastIndexOf('|') + 1)]?.edges;
        if (edges !== undefined && (settled > edges || taken > settled))
          problems.push(`join ${key} settled ${settled} of ${edges} edges, taken ${taken}`);
      }
    },
  });
  return { end, problems };
}

/** What is wrong with the end of a run, whatever went wrong on the way. */
function endProblems({ status, steps }: Simulation, program: Program): string[] {
  const problems: string[] = [];
  const open = steps.filter((step) => step.status === 'ready' || step.status === 'waiting');
  if (status === 'waiting' && !open.some(({ waiting }) => waiting !== null)) problems.push('it waits for nothing');
  if (
    status === 'waiting' &&
    open.every(({ waiting }) => waiting?.kind !== 'decision' && waiting?.kind !== 'items' && waiting?.kind !== 'passes')
  )
    problems.push(`it waits for ${open.map(({ state, waiting }) => `${state}: ${waiting?.kind}`).join(', ')}`);
  if (status === 'completed' && open.length > 0)
    problems.push(`it is completed while ${open[0]?.state} is ${open[0]?.status}`);
  if (program.joins[runEnd] === undefined) problems.push('the program has no end');
  return problems;
}

const ranOf = ({ steps }: Simulation): string[] =>
  steps.map(({ state, path, status, outcome }) => `${path}|${state} ${status} ${outcome}`).sort();

/** Plays so many orders of one program, with things going wrong, and answers what must not be. */
export function scheduleProblems(program: Program, { seed, schedules }: { seed: number; schedules: number }): string[] {
  const problems: string[] = [];
  const half = Math.ceil(schedules / 2);
  let first: Simulation | null = null;
  for (let n = 0; n < schedules; n += 1) {
    const quiet = n >= half;
    const { end, problems: found } = played(program, quiet ? seed : seed + n, seed ^ (n * 7_919), quiet ? calm : rough);
    problems.push(...found, ...endProblems(end, program));
    if (!quiet) continue;
    // Where nothing fails, the order must not matter.
    first ??= end;
    if (
      end.status !== first.status ||
      !isDeepStrictEqual(end.output, first.output) ||
      !isDeepStrictEqual(ranOf(end), ranOf(first))
    )
      problems.push('another order came to another end');
  }
  return [...new Set(problems)];
}
