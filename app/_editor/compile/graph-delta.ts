import type { Graph } from '#nodes/core/graph.ts';

/**
 * A list as it follows from the one before: stretches of it that are kept, and new items. Elements of a document are
 * replaced whole, so what is the same object is the same.
 */
export type Piece<Item> = { keep: readonly [from: number, count: number] } | { put: Item[] };

const lists = ['nodes', 'edges', 'notes'] as const;
type Lists = { [Name in (typeof lists)[number]]: Piece<Graph[Name][number]>[] };

/** What of a graph is not as it was in the one sent before: after a keystroke one node, not thousands. */
export type GraphDelta = { rest: Omit<Graph, (typeof lists)[number]>; lists: Lists };

const nothing: Pick<Graph, (typeof lists)[number]> = { nodes: [], edges: [], notes: [] };

/** Says of each graph what differs from the one before. */
export function createDeltaSender(): (graph: Graph) => GraphDelta {
  let sent = nothing;
  return (graph) => {
    const { nodes, edges, notes, ...rest } = graph;
    const delta = {
      rest,
      lists: { nodes: pieces(sent.nodes, nodes), edges: pieces(sent.edges, edges), notes: pieces(sent.notes, notes) },
    };
    sent = graph;
    return delta;
  };
}

/** Puts graphs together again; what was not sent is the same object as before. */
export function createDeltaReceiver(): (delta: GraphDelta) => Graph {
  let known = nothing;
  return ({ rest, lists: { nodes, edges, notes } }) => {
    const graph: Graph = {
      ...rest,
      nodes: joined(known.nodes, nodes),
      edges: joined(known.edges, edges),
      notes: joined(known.notes, notes),
    };
    known = graph;
    return graph;
  };
}

function pieces<Item>(before: readonly Item[], after: readonly Item[]): Piece<Item>[] {
  if (before === after) return [{ keep: [0, before.length] }];
  const found: Piece<Item>[] = [];
  let places: Map<Item, number> | null = null;
  // Where the next item is expected in the list before: elements seldom change places.
  let next = 0;
  for (let at = 0; at < after.length; at += 1) {
    const item = after[at] as Item;
    let place: number | undefined = before[next] === item ? next : undefined;
    if (place === undefined && !replaced(before, after, { next, at })) {
      places ??= new Map(before.map((known, index) => [known, index]));
      place = places.get(item);
    }
    add(found, item, place);
    next = (place ?? next) + 1;
  }
  return found;
}

/** Whether an item stands where another stood, and what follows is as before. */
function replaced<Item>(before: readonly Item[], after: readonly Item[], { next, at }: { next: number; at: number }) {
  return before[next + 1] === after[at + 1];
}

function add<Item>(found: Piece<Item>[], item: Item, place: number | undefined): void {
  const last = found.at(-1);
  if (place === undefined) {
    if (last && 'put' in last) last.put.push(item);
    else found.push({ put: [item] });
  } else if (last && 'keep' in last && last.keep[0] + last.keep[1] === place) {
    found[found.length - 1] = { keep: [last.keep[0], last.keep[1] + 1] };
  } else {
    found.push({ keep: [place, 1] });
  }
}

function joined<Item>(before: readonly Item[], made: readonly Piece<Item>[]): Item[] {
  return made.flatMap((piece) =>
    'put' in piece ? piece.put : before.slice(piece.keep[0], piece.keep[0] + piece.keep[1]),
  );
}
