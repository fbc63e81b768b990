import type { Effect, NodeDefinitions } from '../define-node.ts';
import type { Json } from '../json.ts';
import type { Arc, Program, State } from '../program.ts';
import { type Type, t, toJsonSchema, unionOf } from '../types.ts';
import type { CallConfig, PipelineSignatures } from './subflows.ts';

/** What a pipeline's version takes and gives, as other pipelines see it. Types are JSON Schemas, so that it can be stored in a graph. */
export type PipelineSignature = {
  /** What its run is started with. */
  input: Json;
  /** An object of the values of all `output` nodes. */
  output: Json;
  /** Whether the output may hold text of strangers; `inherit`: where the input does. */
  trust: 'trusted' | 'inherit' | 'untrusted';
  /** The strongest effect of its nodes. */
  effect: Effect;
  /** Levels of runs that it starts: 0 where it calls none. */
  depth: number;
};

/** The trigger by which a call starts a program: the only or first one that is started by hand, else the first. */
export function calledTrigger(program: Program): string | null {
  const ids = Object.keys(program.triggers).sort();
  return ids.find((id) => program.states[id]?.type === 'trigger.manual') ?? ids[0] ?? null;
}

/**
 * What a program takes and gives. Without `definitions` its output counts as untrusted; without `pipelines` a pipeline
 * that it calls counts as calling none.
 */
export function signatureOf(
  program: Program,
  known: { definitions?: NodeDefinitions; pipelines?: PipelineSignatures } = {},
): PipelineSignature {
  const trigger = calledTrigger(program);
  const states = Object.values(program.states);
  return {
    input: toJsonSchema(trigger === null ? t.any() : program.runInput[trigger]!),
    output: toJsonSchema(outputOf(program, trigger)),
    trust: trustOf(states, known.definitions),
    effect: strongest(states.map(({ effect }) => effect)),
    depth: Math.max(0, ...states.map((state) => depthOf(state, known.pipelines ?? {}))),
  };
}

const effects: Effect[] = ['pure', 'read', 'idempotent-write', 'unsafe-write'];

function strongest(all: Effect[]): Effect {
  return effects[Math.max(0, ...all.map((effect) => effects.indexOf(effect)))]!;
}

function depthOf({ kind, config }: State, pipelines: PipelineSignatures): number {
  if (kind !== 'call') return 0;
  const { pipeline, version } = config as unknown as CallConfig;
  const versions = Object.hasOwn(pipelines, pipeline) ? pipelines[pipeline] : undefined;
  return 1 + (versions?.[String(version)]?.depth ?? 0);
}

function trustOf(states: State[], definitions: NodeDefinitions | undefined): PipelineSignature['trust'] {
  const untrusted = states.some(({ kind, type, config }) => {
    if (kind === 'trigger') return false; // What a caller hands in is the caller's matter.
    if (kind === 'call') return (config as unknown as CallConfig).signature?.trust === 'untrusted';
    return (definitions?.get(type)?.trust ?? 'untrusted') === 'untrusted';
  });
  return untrusted ? 'untrusted' : 'inherit';
}

/** Members of outputs that may not run may be absent. */
function outputOf(program: Program, trigger: string | null): Type {
  const types = new Map<string, Type[]>();
  const certain = new Set<string>();
  const sure = trigger === null ? new Set<string>() : surelyReached(program, trigger);
  for (const { id, kind, outcomeTypes } of Object.values(program.states)) {
    const type = outcomeTypes.done;
    if (kind !== 'output' || type?.type !== 'object') continue;
    for (const [name, member] of Object.entries(type.properties)) {
      types.set(name, [...(types.get(name) ?? []), member]);
      if (sure.has(id)) certain.add(name);
    }
  }
  return t.object(Object.fromEntries([...types].map(([name, all]) => [name, unionOf(all)])), [...certain]);
}

/** Ids of the outputs that every run that completes has come to: those that all outcomes of a state lead to. */
function surelyReached(program: Program, trigger: string): Set<string> {
  const known = new Map<string, Set<string>>();
  const open = [trigger];
  for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
    const arcs = Object.values(program.states[id]!.arcs);
    const waiting = arcs.flatMap((arc) => ledTo(program, arc)).filter((next) => !known.has(next));
    if (waiting.length > 0) {
      open.push(...waiting);
      continue;
    }
    open.pop();
    if (known.has(id)) continue;
    const ways = arcs.map((arc) => new Set(ledTo(program, arc).flatMap((next) => [...known.get(next)!])));
    const common = [...(ways[0] ?? [])].filter((output) => ways.every((way) => way.has(output)));
    known.set(id, new Set(program.states[id]!.kind === 'output' ? [id, ...common] : common));
  }
  return known.get(trigger)!;
}

/** States that an arc certainly leads to. A join that counts may get too few. */
function ledTo(program: Program, { start, arrivals }: Arc): string[] {
  const joined = arrivals.filter(
    ({ join, taken }) => taken > 0 && program.states[join] && program.joins[join]?.rule.kind !== 'count',
  );
  return [...start, ...joined.map(({ join }) => join)];
}
