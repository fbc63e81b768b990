import type { ResolvedBinding } from '#nodes/core/graph.ts';
import { type CompiledBinding, innermost } from '#nodes/core/program.ts';
import { readsOf } from '#nodes/core/reads.ts';
import type { LineageEdge, Place } from './types.ts';

/** Who wants it: the node that it is a source of, and how. */
export type By = { from: string; kind: LineageEdge['kind']; input?: string };

/** Something to be looked up next. Of an output `at.path` is where it is read: the step is there or in what is around. */
export type Want = { by: By | null } & Wanted;

type Wanted = (
  | { of: 'output'; at: Place; pointer: string }
  | { of: 'input'; at: Place; pointer: string }
  | { of: 'item'; at: Place; index: number; pointer: string }
  | { of: 'result'; at: Place; index: number; pointer: string }
  | { of: 'run-input'; runId: string; pointer: string }
  /** `input`: only what was bound to that input is meant, and the part of it. */
  | { of: 'step'; at: Place; input?: string; pointer?: string }
) & {
  /** Only if it is still the step that it was when it was named. */
  stepId?: string;
};

/** Members of a path as a JSON pointer (RFC 6901). */
export function pointerOf(members: readonly (string | number)[]): string {
  return members.map((member) => `/${String(member).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** The members that a JSON pointer names. */
export function membersOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

type Reading = {
  /** Where the binding is evaluated. */
  runId: string;
  path: string;
  /** The part of its value that is meant. */
  pointer: string;
  by: By;
};

/** What the value of a binding came from. */
export function wantsOf(binding: ResolvedBinding | CompiledBinding, reading: Reading): Want[] {
  const reads = readsOf(binding);
  // What was compiled by other software may not be read by this one; which nodes it reads is known all the same.
  if (!reads) return states(binding).map((state) => outputOf(state, [], { ...reading, pointer: '' }));
  const rest = { ...reading, pointer: reads.whole ? reading.pointer : '' };
  return reads.paths.flatMap((path) => wantOf(path, rest) ?? []);
}

function states(binding: ResolvedBinding | CompiledBinding): string[] {
  return 'reads' in binding ? binding.reads : [];
}

function wantOf([variable, ...members]: string[], reading: Reading): Want | null {
  const { runId, path, pointer, by } = reading;
  switch (variable) {
    case 'nodes':
      return members[0] === undefined ? null : nodeOf(members[0], members.slice(1), reading);
    case 'run':
      if (members[0] !== undefined && members[0] !== 'input') return null;
      return { of: 'run-input', runId, pointer: pointerOf(members.slice(1)) + pointer, by };
    case 'item':
    case 'index': {
      const at = innermost(path);
      return at && itemOf(at, variable === 'item' ? members : [], reading);
    }
    default:
      return null;
  }
}

function nodeOf(id: string, members: string[], reading: Reading): Want {
  for (let at = innermost(reading.path); at; at = innermost(at.parent))
    if (at.mapId === id) return itemOf(at, members[0] === 'item' ? members.slice(1) : [], reading);
  return outputOf(id, members, reading);
}

function itemOf(
  { mapId, parent, index }: { mapId: string; parent: string; index: number },
  members: string[],
  { runId, pointer, by }: Reading,
): Want {
  return {
    of: 'item',
    at: { runId, state: mapId, path: parent },
    index,
    pointer: pointerOf(members) + pointer,
    by,
  };
}

function outputOf(state: string, members: string[], { runId, path, pointer, by }: Reading): Want {
  return { of: 'output', at: { runId, state, path }, pointer: pointerOf(members) + pointer, by };
}
