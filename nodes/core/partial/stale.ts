import type { Graph, GraphEdge, GraphNode, Prompt } from '../graph.ts';
import type { Json } from '../json.ts';

/** What has changed since a run: at which node, and what of it. */
export type StaleCause = {
  nodeId: string;
  change: 'type' | 'version' | 'config' | 'inputs' | 'disabled' | 'edges' | 'removed';
};

/** The outcome that starts the body of a map or a loop. */
const bodyOutcome = 'each';

/**
 * The nodes whose outputs in a run the draft would not give any more: they, or anything before them, changed since. Of
 * each the first change that is found. Titles, positions, comments and how failures are handled do not count. Total:
 * nodes on a cycle are left out.
 */
export function staleNodes(ran: Graph, draft: Graph): Map<string, StaleCause> {
  const changes = ownChanges(ran, draft);
  const { order, into, bodies } = orderOf(draft, changes);
  const entering = new Map<string, StaleCause>();
  const leaving = new Map<string, StaleCause>();
  for (const id of order) {
    const cause =
      changes.get(id) ??
      first(into.get(id) ?? [], ({ from, outcome }) => (outcome === bodyOutcome ? entering : leaving).get(from));
    if (cause) entering.set(id, cause);
    // What a map gives comes out of its body, though its body begins before it has ended.
    const given = cause ?? first(bodies.get(id) ?? [], (inside) => changes.get(inside));
    if (given) leaving.set(id, given);
  }
  const known = new Set(ran.nodes.map(({ id }) => id));
  return new Map([...leaving].filter(([id]) => known.has(id)));
}

function first<Item>(items: readonly Item[], causeOf: (item: Item) => StaleCause | undefined): StaleCause | undefined {
  for (const item of items) {
    const cause = causeOf(item);
    if (cause) return cause;
  }
  return undefined;
}

function ownChanges(ran: Graph, draft: Graph): Map<string, StaleCause> {
  const before = new Map(ran.nodes.map((node) => [node.id, node]));
  const present = new Set(draft.nodes.map(({ id }) => id));
  const [cameFrom, comesFrom] = [sourcesOf(ran), sourcesOf(draft)];
  const prompts = changedPrompts(ran, draft);
  const changes = new Map<string, StaleCause>();
  for (const node of draft.nodes) {
    const gone = ran.edges.find(({ from, to }) => to === node.id && !present.has(from));
    const change = ownChange(before.get(node.id), node) ?? (saysOther(node, prompts) ? 'inputs' : null);
    if (change) changes.set(node.id, { nodeId: node.id, change });
    else if (gone) changes.set(node.id, { nodeId: gone.from, change: 'removed' });
    else if (cameFrom.get(node.id) !== comesFrom.get(node.id))
      changes.set(node.id, { nodeId: node.id, change: 'edges' });
  }
  return changes;
}

function ownChange(before: GraphNode | undefined, now: GraphNode): StaleCause['change'] | null {
  // What is new is told by the edge that leads away from it.
  if (!before || before === now) return null;
  if (before.type !== now.type) return 'type';
  if (before.version !== now.version) return 'version';
  if (before.disabled !== now.disabled) return 'disabled';
  if (!same(before.config, now.config)) return 'config';
  return same(before.inputs, now.inputs) ? null : 'inputs';
}

/** Ids of the prompts that say something else now. */
function changedPrompts(ran: Graph, draft: Graph): ReadonlySet<string> {
  if (ran.prompts === draft.prompts) return new Set();
  const textsOf = ({ prompts = [] }: Graph) => new Map(prompts.map((prompt) => [prompt.id, wordsOf(prompt)]));
  const [before, now] = [textsOf(ran), textsOf(draft)];
  return new Set([...before.keys(), ...now.keys()].filter((id) => before.get(id) !== now.get(id)));
}

function wordsOf({ text, variables }: Prompt): string {
  return JSON.stringify([text, variables]);
}

function saysOther({ inputs }: GraphNode, prompts: ReadonlySet<string>): boolean {
  if (prompts.size === 0) return false;
  return Object.values(inputs).some((binding) => binding.kind === 'prompt' && prompts.has(binding.prompt));
}

const texts = new WeakMap<object, string>();

/** Whether two values are the same, whatever the order of their members. Read once each: a graph is compared per edit. */
function same(a: object, b: object): boolean {
  return a === b || textOf(a) === textOf(b);
}

function textOf(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value, (_key, part: Json) => sorted(part));
  texts.set(value, text);
  return text;
}

function sorted(part: Json): Json {
  if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** By node: where its edges come from, as one text. */
function sourcesOf({ edges }: Graph): Map<string, string> {
  const sources = new Map<string, string[]>();
  for (const { from, outcome, to } of edges) sources.set(to, [...(sources.get(to) ?? []), `${from}.${outcome}`]);
  return new Map([...sources].map(([to, from]) => [to, from.sort().join(' ')]));
}

type Order = { order: string[]; into: Map<string, GraphEdge[]>; bodies: Map<string, string[]> };

/** The nodes in an order in which each comes after those before it; and of each with a body the changed nodes in it. */
function orderOf({ nodes, edges }: Graph, changes: ReadonlyMap<string, StaleCause>): Order {
  const [into, outOf] = [Map.groupBy(edges, ({ to }) => to), Map.groupBy(edges, ({ from }) => from)];
  const missing = new Map(nodes.map(({ id }) => [id, into.get(id)?.length ?? 0]));
  const order = nodes.flatMap(({ id }) => (missing.get(id) === 0 ? [id] : []));
  for (let at = 0; at < order.length; at += 1)
    for (const { to } of outOf.get(order[at]!) ?? []) {
      missing.set(to, missing.get(to)! - 1);
      if (missing.get(to) === 0) order.push(to);
    }
  const bodies = new Map<string, string[]>();
  for (const id of order) {
    const starts = (outOf.get(id) ?? []).filter(({ outcome }) => outcome === bodyOutcome).map(({ to }) => to);
    if (starts.length > 0)
      bodies.set(
        id,
        reached(starts, outOf).filter((inside) => changes.has(inside)),
      );
  }
  return { order, into, bodies };
}

function reached(starts: string[], outOf: ReadonlyMap<string, GraphEdge[]>): string[] {
  const seen = new Set<string>();
  const open = [...starts];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { to } of outOf.get(id) ?? []) open.push(to);
  }
  return [...seen];
}
