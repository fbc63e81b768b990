import type { GraphInput } from '#nodes/core/graph.ts';

/** A start and so many outputs behind it, wired as a tree and strewn about: much to lay out. */
export function longChain(name: string, count: number): GraphInput {
  const id = (index: number) => (index === 0 ? 'start' : `n${index}`);
  const branch = 4;
  return {
    format: 'solograph/graph',
    version: 1,
    name,
    nodes: Array.from({ length: count }, (_, index) => ({
      id: id(index),
      type: index === 0 ? 'trigger.manual' : 'flow.wait',
      version: 1,
      position: { x: ((index * 7_919) % 97) * 90, y: ((index * 104_729) % 89) * 80 },
    })),
    edges: Array.from({ length: count - 1 }, (_, at) => {
      const from = Math.floor(at / branch);
      return { id: `e${at}`, from: id(from), outcome: from === 0 ? 'fired' : 'ok', to: id(at + 1) };
    }),
  };
}
