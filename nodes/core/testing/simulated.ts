import { compile } from '../compile/compile.ts';
import type { Json } from '../json.ts';
import type { Program } from '../program.ts';
import { type Simulation, simulate } from '../simulate.ts';
import type { StepEvent } from '../step.ts';
import { testDefinitions } from './definitions.ts';
import { graphOf } from './graph-of.ts';

/** The program of a graph without errors. */
export const programOf = (...args: Parameters<typeof graphOf>): Program => {
  const { program, diagnostics } = compile(graphOf(...args), testDefinitions);
  if (program) return program;
  throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
};

/** A step has ended by an outcome. */
export const done = (outcome: string, output: Json = {}): StepEvent => ({ kind: 'done', outcome, output });
/** A step has failed, for good or to be tried again. */
export const failed = (retryInMs: number | null = null): StepEvent => ({
  kind: 'failed',
  failure: { code: 'INTERNAL', message: 'It failed.' },
  retryInMs,
});

/** By state: what it answers, always or at a path in an attempt. Others end by their first outcome. */
export type Answers = Record<string, StepEvent | ((path: string, attempt: number) => StepEvent)>;

/** Runs a program with answers. */
export const run = (program: Program, answers: Answers = {}, trigger = 'go', random = () => 0): Simulation =>
  simulate(program, {
    trigger,
    input: { name: 'Ada', count: 1 },
    random,
    maxSteps: 100,
    respond: ({ state, path, attempt }) => {
      const answer = answers[state] ?? done(Object.keys(program.states[state]!.arcs)[0]!, { text: state });
      return typeof answer === 'function' ? answer(path, attempt) : answer;
    },
  });

/** What has ended well, with its path, sorted. */
export const ran = ({ steps }: Simulation): string[] =>
  steps
    .filter(({ status }) => status === 'done')
    .map(({ state, path }) => (path === '' ? state : `${path}/${state}`))
    .sort();
