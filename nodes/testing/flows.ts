import fs from 'node:fs';
import path from 'node:path';
import { compile } from '#nodes/core/compile/compile.ts';
import { type PipelineSignature, signatureOf } from '#nodes/core/compile/signature.ts';
import type { NodeErrorCode } from '#nodes/core/errors.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Program } from '#nodes/core/program.ts';
import { definitions } from '#nodes/index.gen.ts';

/** A control flow that the simulator and the engine run to the same end: one line of `core/fixtures/flows.json`. */
export type FlowCase = {
  /** Name of the graph in `core/fixtures/good`. */
  file: string;
  trigger: string;
  /** A text `$soon:<zone>` or `$later:<zone>` stands for a local time of that zone, in two seconds or in an hour. */
  input: JsonObject;
  /** Other fixtures that it calls, by the name that it calls them; their version is 1. */
  pipelines?: { name: string; file: string }[];
  /** It comes to this end only where what is ready goes before what waits for the clock. */
  ordered?: boolean;
  expect: {
    status: 'completed' | 'failed' | 'waiting';
    output: JsonObject;
    /** Code of what failed the run. */
    failure?: NodeErrorCode;
    /** Ids of the states that have run, sorted; absent: not said. */
    steps?: string[];
  };
};

const folder = path.join(import.meta.dirname, '../core/fixtures');
const read = (file: string): Json => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Json;

/** All of them. */
export const flowCases = (): FlowCase[] => read('flows.json') as unknown as FlowCase[];

/** The graph of a flow, as a document. */
export const flowGraph = (file: string): Json => read(`good/${file}.json`);

/** The program of a flow, compiled with what it calls. */
export function flowProgram({ file, pipelines = [] }: Pick<FlowCase, 'file' | 'pipelines'>): Program {
  const called = pipelines.map(({ name, file: other }): [string, Record<string, PipelineSignature>] => [
    name,
    { 1: signatureOf(flowProgram({ file: other }), { definitions }) },
  ]);
  const { program, diagnostics } = compile(flowGraph(file), definitions, { pipelines: Object.fromEntries(called) });
  if (program) return program;
  throw new Error(`${file}: ${diagnostics.map(({ code, message }) => `${code} ${message}`).join(' ')}`);
}

const awayMs: Record<string, number> = { soon: 2_000, later: 3_600_000 };

/** What a flow is started with now: times that are told by how far away they are become local times. */
export function flowInput({ input }: FlowCase, nowMs: number): JsonObject {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const [, away = '', zone = ''] = (typeof value === 'string' && /^\$(\w+):(.+)$/.exec(value)) || [];
      return [name, away in awayMs ? localTime(nowMs + awayMs[away]!, zone) : value];
    }),
  );
}

function localTime(moment: number, zone: string): string {
  // The Swedish way to write a time is nearly that of ISO 8601.
  return new Date(moment).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
}
