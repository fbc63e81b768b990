import { type Graph, type GraphEdge, type GraphGroup, type GraphNode, graphSchema } from '#nodes/core/graph.ts';
import { usersOf } from '../../document/prompts.ts';
import { sameJson } from '../same-json.ts';
import { setApart } from './set-apart.ts';
import { agreed, type Clash, Clashes, mergeIds, mergeMembers, type Place, type Side, type Three } from './three-way.ts';

export type Merge = {
  graph: Graph;
  /** What both changed in different ways: decided by `picks`, mine where nothing is picked. */
  clashes: Clash[];
  /** Ids of nodes and notes that both moved; decided together, by the pick `places`. */
  moved: string[];
};

/**
 * Makes one document of two that were made of the same base: element by element, and within a node member by member.
 * Nodes that each side added under one id are two nodes. No edge leads to a node that is not there. Null: what comes
 * out is more than a document may hold.
 */
export function mergeGraphs(three: Three<Graph>, picks: Readonly<Record<string, Side>> = {}): Merge | null {
  const { base, mine } = three;
  if (sameJson(base, mine)) return { graph: three.theirs, clashes: [], moved: [] };
  if (sameJson(base, three.theirs)) return { graph: mine, clashes: [], moved: [] };
  const all = { base, mine, theirs: setApart(three) };
  const clashes = new Clashes(picks);
  const graph = mergeAll(all, clashes);
  const parsed = graphSchema.safeParse(graph);
  return parsed.success ? { graph: parsed.data, clashes: clashes.list, moved: clashes.moved } : null;
}

function mergeAll(all: Three<Graph>, clashes: Clashes): Graph {
  const nodes = mergeElements({
    three: of(all, ({ nodes }) => nodes),
    kind: 'node',
    clashes,
    touched: (id, side) => touches(all, id, side),
    merge: (three, place) => mergeNode(three, clashes, place),
  });
  const there = new Set(nodes.list.map(({ id }) => id));
  const notes = mergeElements({
    three: of(all, ({ notes }) => notes),
    kind: 'note',
    clashes,
    merge: (three, place) => mergeMembers(three, { clashes, place }),
  });
  const prompts = mergeElements({
    three: of(all, ({ prompts }) => prompts ?? []),
    kind: 'prompt',
    clashes,
    touched: (id, side) => usersOf(all[side], id).length > 0,
    merge: (three, place) => mergeMembers(three, { clashes, place }),
  }).list;
  const groups = mergeGroups(all, clashes, { nodes: there, notes: new Set(notes.list.map(({ id }) => id)) });
  const place: Place = { kind: 'pipeline', id: '' };
  const {
    nodes: _n,
    edges: _e,
    notes: _o,
    groups: _g,
    prompts: _p,
    ...head
  } = mergeMembers(of(all, headOf), {
    clashes,
    place,
    inside: all.mine.settings && all.theirs.settings ? ['settings'] : [],
  });
  return {
    ...(head as Omit<Graph, 'nodes' | 'edges' | 'notes'>),
    nodes: nodes.list,
    edges: mergeEdges(all, { clashes, there, revived: nodes.revived }),
    notes: notes.list,
    ...(groups.length > 0 ? { groups } : {}),
    ...(prompts.length > 0 ? { prompts } : {}),
  };
}

const headOf = (graph: Graph): Partial<Graph> => ({
  ...graph,
  nodes: undefined,
  edges: undefined,
  notes: undefined,
  groups: undefined,
  prompts: undefined,
});

function of<T>({ base, mine, theirs }: Three<Graph>, part: (graph: Graph) => T): Three<T> {
  return { base: part(base), mine: part(mine), theirs: part(theirs) };
}

/** Configurations of two versions of a node type do not mix: there they are taken whole. */
function mergeNode(three: Three<GraphNode | undefined>, clashes: Clashes, place: Place): GraphNode {
  const alike = three.mine?.type === three.theirs?.type && three.mine?.version === three.theirs?.version;
  return mergeMembers(three, { clashes, place, inside: alike ? ['config', 'inputs'] : ['inputs'] });
}

type Elements<T> = {
  three: Three<readonly T[]>;
  kind: Place['kind'];
  clashes: Clashes;
  /** Whether a side did something to an element that does not show in it. */
  touched?: (id: string, side: Side) => boolean;
  merge: (three: Three<T | undefined>, place: Place) => T;
};

function mergeElements<T extends { id: string }>({ three, kind, clashes, touched, merge }: Elements<T>) {
  const [base, mine, theirs] = [byId(three.base), byId(three.mine), byId(three.theirs)];
  const list: T[] = [];
  /** Kept although one side removed them. */
  const revived = new Set<string>();
  for (const id of new Set([...mine.keys(), ...theirs.keys()])) {
    const each = { base: base.get(id), mine: mine.get(id), theirs: theirs.get(id) };
    if (each.mine && each.theirs) {
      list.push(agreed(each)?.value ?? merge(each, { kind, id }));
      continue;
    }
    const [side, there] = each.mine ? (['mine', each.mine] as const) : (['theirs', each.theirs as T] as const);
    if (!each.base) list.push(there);
    else if (!sameJson(each.base, there) || touched?.(id, side)) {
      const { mine, theirs } = each;
      if (clashes.pick({ place: { kind, id }, member: 'exists', mine, theirs }) !== side) continue;
      list.push(there);
      revived.add(id);
    }
  }
  return { list, revived };
}

function byId<T extends { id: string }>(list: readonly T[]): Map<string, T> {
  return new Map(list.map((element) => [element.id, element]));
}

/** Whether a side drew a new edge to or from a node. */
function touches({ base, ...sides }: Three<Graph>, id: string, side: Side): boolean {
  const before = new Set(base.edges.map((edge) => edge.id));
  return sides[side].edges.some((edge) => (edge.from === id || edge.to === id) && !before.has(edge.id));
}

type EdgeContext = { clashes: Clashes; there: ReadonlySet<string>; revived: ReadonlySet<string> };

function mergeEdges(all: Three<Graph>, { clashes, there, revived }: EdgeContext): GraphEdge[] {
  const { list } = mergeElements({
    three: of(all, ({ edges }) => edges),
    kind: 'edge',
    clashes,
    merge: ({ mine, theirs }, place) =>
      (clashes.pick({ place, member: 'ends', mine, theirs }) === 'mine' ? mine : theirs) as GraphEdge,
  });
  // A node that stays keeps the edges that went with it.
  const kept = new Set(list.map(({ id }) => id));
  const back = [...all.mine.edges, ...all.theirs.edges].filter(
    ({ id, from, to }) => !kept.has(id) && (revived.has(from) || revived.has(to)) && kept.size < kept.add(id).size,
  );
  const drawn = new Set<string>();
  return [...list, ...back].filter(
    ({ from, outcome, to }) =>
      there.has(from) && there.has(to) && drawn.size < drawn.add(`${from} ${outcome} ${to}`).size,
  );
}

type Members = { nodes: ReadonlySet<string>; notes: ReadonlySet<string> };

/** A thing is in one group at most, and a group has something in it. */
function mergeGroups(all: Three<Graph>, clashes: Clashes, there: Members): GraphGroup[] {
  const { list } = mergeElements({
    three: of(all, ({ groups }) => groups ?? []),
    kind: 'group',
    clashes,
    merge: (three, place) => {
      const lists = ['nodes', 'notes'] as const;
      const [nodes, notes] = lists.map((name) =>
        mergeIds({
          base: three.base?.[name] ?? [],
          mine: three.mine?.[name] ?? [],
          theirs: three.theirs?.[name] ?? [],
        }),
      );
      const { id, title } = mergeMembers(
        { base: without(three.base), mine: without(three.mine), theirs: without(three.theirs) },
        { clashes, place },
      );
      return { id: id ?? place.id, title: title ?? '', nodes: nodes ?? [], notes: notes ?? [] };
    },
  });
  const [nodes, notes] = [new Set<string>(), new Set<string>()];
  return list
    .map((group) => ({
      ...group,
      nodes: group.nodes.filter((id) => there.nodes.has(id) && nodes.size < nodes.add(id).size),
      notes: group.notes.filter((id) => there.notes.has(id) && notes.size < notes.add(id).size),
    }))
    .filter((group) => group.nodes.length + group.notes.length > 0);
}

function without(group: GraphGroup | undefined): Partial<GraphGroup> | undefined {
  return group && { ...group, nodes: undefined, notes: undefined };
}
