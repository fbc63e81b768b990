import fc from 'fast-check';
import { programOf, scheduleProblems } from './schedule.ts';

export type Simulated = { schedules: number; programs: number; failure: string | null };

/** Orders that are tried of each program. */
const perProgram = 25;
const largest = 25;

/** Plays at least `count` schedules of random programs. A failure says how to see it again. */
export function simulateMany({ seed, count }: { seed: number; count: number }): Simulated {
  let programs = 0;
  const property = fc.property(fc.nat(), fc.integer({ min: 1, max: largest }), (drawn, size) => {
    const program = programOf(drawn, size);
    // Refused by the compiler: there is nothing to run.
    fc.pre(program !== null);
    programs += 1;
    const problems = scheduleProblems(program, { seed: drawn, schedules: perProgram });
    if (problems.length > 0)
      throw new Error(`program of seed ${drawn} and size ${size}: ${problems.slice(0, 3).join('; ')}`);
  });
  const numRuns = Math.ceil(count / perProgram);
  const details = fc.check(property, { seed: seed | 0, numRuns, maxSkipsPerRun: 20 });
  const failure = details.failed ? (fc.defaultReportMessage(details) ?? 'It failed.') : null;
  return { schedules: programs * perProgram, programs, failure };
}
