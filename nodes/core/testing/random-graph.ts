import type { GraphInput } from '../graph.ts';
import type { JsonObject } from '../json.ts';
import { expr, graphOf } from './graph-of.ts';

type Random = () => number;
type Made = { id: string; outcomes: string[] };
type Making = { random: Random; nodes: Parameters<typeof graphOf>[0]; edges: Set<string>; left: number };

/** A seeded generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const kinds: { type: string; outcomes: string[] }[] = [
  { type: 'task', outcomes: ['ok', 'error'] },
  { type: 'task', outcomes: ['ok'] },
  { type: 'branch', outcomes: ['true', 'false'] },
  { type: 'approve', outcomes: ['approved', 'edited', 'rejected'] },
  { type: 'join', outcomes: ['done'] },
  { type: 'map', outcomes: ['done', 'error'] },
  { type: 'loop', outcomes: ['done', 'limit', 'error'] },
  { type: 'keep', outcomes: ['ok', 'error'] },
  { type: 'call', outcomes: ['ok', 'error'] },
];

/** A random graph that is well formed but for joins that may wait for too much: choices, joins, failures, nested maps and loops, undoing. */
export function randomGraph(random: Random, size: number): GraphInput {
  const making: Making = { random, nodes: { go: 'start' }, edges: new Set(), left: size };
  grow(making, { first: { id: 'go', outcomes: ['fired'] }, prefix: 'n', most: size });
  return graphOf(making.nodes, [...making.edges]);
}

function pick<Item>(random: Random, from: readonly Item[]): Item {
  return from[Math.floor(random() * from.length)] as Item;
}

/** Adds nodes to one scope; each follows one to three outcomes of what is there already. */
function grow(making: Making, { first, prefix, most }: { first: Made; prefix: string; most: number }): void {
  const { random, nodes, edges } = making;
  const there: Made[] = [first];
  for (let n = 0; n < most && making.left > 0; n += 1) {
    making.left -= 1;
    const { type, outcomes } = pick(random, kinds);
    const id = `${prefix}${n}`;
    const ways = 1 + Math.floor(random() ** 2 * 3);
    for (let way = 0; way < ways; way += 1) {
      const from = pick(random, random() < 0.7 ? there.slice(-3) : there);
      edges.add(`${from.id}.${pick(random, from.outcomes)} > ${id}`);
    }
    nodes[id] = nodeOf(type, random);
    if (type === 'keep' && random() < 0.5) {
      nodes[`${id}u`] = { type: 'keep', inputs: {} };
      edges.add(`${id}.undo > ${id}u`);
    }
    if (type === 'map' || type === 'loop')
      grow(making, { first: { id, outcomes: ['each'] }, prefix: `${id}_`, most: Math.floor(random() * 5) });
    there.push({ id, outcomes });
  }
}

function nodeOf(
  type: string,
  random: Random,
): { type: string; config?: JsonObject; inputs?: Record<string, ReturnType<typeof expr>> } {
  switch (type) {
    case 'branch':
      return { type, inputs: { condition: expr('true') } };
    case 'map':
      return {
        type,
        inputs: { items: expr('[1, 2, 3]') },
        config: { onItemError: pick(random, ['stop', 'collect', 'collect', 'tolerate']), tolerate: 1 },
      };
    case 'loop':
      return {
        type,
        inputs: { initial: expr('0'), next: expr('item + 1'), again: expr('item < 4') },
        config: { maxPasses: 1 + Math.floor(random() * 4) },
      };
    case 'join':
      return { type, config: { mode: pick(random, ['all', 'any', 'count']), count: 1 + Math.floor(random() * 2) } };
    default:
      return { type };
  }
}
