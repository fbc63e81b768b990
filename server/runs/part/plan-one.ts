import { sampleOf } from '#nodes/core/partial/sample.ts';
import type { Program, State } from '#nodes/core/program.ts';
import { checkValue } from '#nodes/core/types.ts';
import { definitions } from '#nodes/index.gen.ts';
import type { Scope } from '#server/db/scoped.ts';
import { listPins } from '#server/pins/list-pins.ts';
import { whencePinned } from '#server/pins/pins-of.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { pinPart } from './pin-part.ts';
import { type Candidate, candidates, pathIn, type Recorded, recordedIn } from './recorded.ts';
import type { MissingValue, OnePlan, PartValue } from './types.ts';
import { type Way, wayTo } from './way.ts';

export type OneWanted = {
  pipelineId: string;
  nodeId: string;
  /** The run that is looked at, and the step of the node there. */
  runId: string | null;
  path: string | null;
  /** What the operator says that nodes give. */
  values: PartValue[];
};

/** A plan with all that a run of it needs. */
export type Planned = { plan: OnePlan; values: Map<string, Recorded>; pinned: Awaited<ReturnType<typeof pinPart>> };

/** What a run of one node of the draft would take from which run. Errors: NOT_FOUND, INPUT_INVALID, COMPILE_FAILED. */
export async function planOne(scope: Scope, wanted: OneWanted): Promise<OnePlan> {
  return (await prepareOne(scope, wanted)).plan;
}

/** The same, with the values. */
export async function prepareOne(scope: Scope, wanted: OneWanted): Promise<Planned> {
  const { pipeline } = await requirePipeline(scope, wanted.pipelineId);
  const pinned = await pinPart(scope, pipeline.draft, wanted.nodeId);
  const pins = new Map((await listPins(scope, wanted.pipelineId)).map((pin) => [pin.nodeId, pin]));
  pins.delete(wanted.nodeId);
  const now = { by: scope.actor, at: Date.now() };
  const said = new Map<string, Recorded>([
    ...[...pins].map(([nodeId, pin]) => [nodeId, { ...pin, ...whencePinned(pin) }] as const),
    ...wanted.values.map((value) => [value.nodeId, { ...value, whence: now }] as const),
  ]);
  const known = await candidates(scope.projectId, wanted);
  let best: Planned | null = null;
  for (const candidate of [...known, null]) {
    const planned = await planWith({ wanted, pinned, pins, said }, candidate);
    if (planned.plan.missing.length === 0) return planned;
    best ??= planned;
  }
  return best as Planned;
}

type Given = {
  wanted: OneWanted;
  pinned: Planned['pinned'];
  pins: ReadonlyMap<string, unknown>;
  said: ReadonlyMap<string, Recorded>;
};

async function planWith({ wanted, pinned, pins, said }: Given, candidate: Candidate | null): Promise<Planned> {
  const { program, containers } = pinned;
  const { nodeId } = wanted;
  const path = candidate
    ? await pathIn(candidate.runId, { nodeId, container: containers.at(-1) ?? null, path: wanted.path })
    : '';
  const states = Object.keys(program.states).filter((id) => id !== nodeId);
  const recorded = candidate ? await recordedIn(candidate.runId, { states, containers, path }) : new Map();
  const { values, misfits } = fitting(program, new Map([...recorded, ...said]));
  const trigger = triggerOf(program, { values, candidate, wanted });
  const asks = gatesBefore(program, nodeId);
  for (const gate of asks) values.delete(gate);
  const outcomes = new Map([...values].map(([id, { outcome }]) => [id, outcome]));
  const way = wayTo({ program, trigger, target: nodeId, containers, known: outcomes, free: isFree(asks) });
  const missing = missingOf({
    program,
    containers,
    way,
    misfits,
    candidate,
    trigger: values.has(trigger) ? null : trigger,
  });
  for (const { nodeId: id } of missing) values.delete(id);
  const answered = way.reached.filter((id) => values.has(id));
  const plan: OnePlan = {
    nodeId,
    run: candidate && { runId: candidate.runId, ref: candidate.ref },
    path,
    trigger,
    answered: answered.filter((id) => !pins.has(id)),
    pinned: [...answered, ...bodyOf(program, nodeId)].filter((id) => pins.has(id) && values.has(id)),
    missing,
    asks: asks.filter((id) => way.reached.includes(id)),
    writes: unsafeIn(program, nodeId),
  };
  return { plan, values, pinned };
}

/** What nodes gave, as far as their types in the draft still say that they can give it. */
function fitting(program: Program, all: ReadonlyMap<string, Recorded>) {
  const values = new Map<string, Recorded>();
  const misfits = new Set<string>();
  for (const [id, value] of all) {
    const state = program.states[id];
    if (!state) continue;
    const type = state.outcomeTypes[value.outcome];
    const fits = type
      ? checkValue(type, value.output) === null
      : value.outcome === 'error' && state.arcs.error !== undefined;
    if (fits) values.set(id, value);
    else misfits.add(id);
  }
  return { values, misfits };
}

type TriggerFrom = { values: ReadonlyMap<string, Recorded>; candidate: Candidate | null; wanted: OneWanted };

function triggerOf(program: Program, { values, candidate, wanted }: TriggerFrom): string {
  const triggers = Object.keys(program.triggers);
  const said = triggers.find((id) => wanted.values.some((value) => value.nodeId === id));
  const started = triggers.find((id) => id === candidate?.trigger && values.has(id));
  return said ?? started ?? triggers[0] ?? '';
}

/** A node that acts is not let through by what a person or a rule said of another run. */
function gatesBefore({ states }: Program, nodeId: string): string[] {
  if (states[nodeId]?.effect !== 'unsafe-write') return [];
  return Object.values(states).flatMap(({ id, type }) => (id !== nodeId && definitions.get(type)?.gate ? [id] : []));
}

function isFree(asks: readonly string[]): (state: State) => boolean {
  const kinds: readonly string[] = ['trigger', 'join', 'branch'];
  return ({ id, kind }) => kinds.includes(kind) || asks.includes(id);
}

type MissingFrom = {
  program: Program;
  containers: readonly string[];
  way: Way;
  misfits: ReadonlySet<string>;
  candidate: Candidate | null;
  trigger: string | null;
};

function missingOf({ program, containers, way, misfits, candidate, trigger }: MissingFrom): MissingValue[] {
  const ref = candidate ? `R-${candidate.ref}` : null;
  const ids = [...new Set([...(trigger === null ? [] : [trigger]), ...way.unknown, ...way.elsewhere])];
  return ids.map((nodeId) => {
    const state = program.states[nodeId]!;
    const message = misfits.has(nodeId)
      ? `What it gave in ${ref ?? 'its pin'} does not fit it any more.`
      : way.elsewhere.includes(nodeId)
        ? `In ${ref ?? 'its pin'} it led elsewhere.`
        : ref === null
          ? 'It has not run yet.'
          : `It did not run in ${ref}.`;
    return { nodeId, message, outcomes: outcomesOf(state, { inside: containers.includes(nodeId), program }) };
  });
}

/** The outcomes that lead on towards the node, each with a sample. */
function outcomesOf(
  state: State,
  { inside, program }: { inside: boolean; program: Program },
): MissingValue['outcomes'] {
  const leads = (outcome: string): boolean => {
    if (outcome === 'each') return inside;
    const arc = state.arcs[outcome];
    return (
      !inside &&
      arc !== undefined &&
      (arc.start.length > 0 || arc.arrivals.some(({ join, taken }) => taken > 0 && program.states[join]))
    );
  };
  const names = Object.keys(state.outcomeTypes).filter(leads);
  return names.map((name) => ({ name, sample: sampleOf(state.outcomeTypes[name]!) }));
}

function unsafeIn({ states }: Program, nodeId: string): string[] {
  const runs = [nodeId, ...bodyOf({ states }, nodeId)];
  return runs.filter((id) => states[id]?.effect === 'unsafe-write');
}

/** The states that a map or a loop repeats, those of maps within it included. */
function bodyOf({ states }: Pick<Program, 'states'>, mapId: string): string[] {
  const inside = Object.values(states).filter(({ scope }) => scope === mapId);
  return inside.flatMap(({ id, body }) => (body ? [id, ...bodyOf({ states }, id)] : [id]));
}
