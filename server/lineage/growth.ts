import type { Outcomes, RunFacts } from './facts.ts';
import type { Reason } from './reasons.ts';
import type { LineageEdge, LineageNode, Place } from './types.ts';
import type { By } from './wants.ts';

/** A lineage while it is looked up. */
export type Growth = {
  /** The runs that it goes through, by id, and what steps there ended with, by run and path. */
  runs: Map<string, RunFacts>;
  outcomes: Map<string, Outcomes>;
  nodes: Map<string, LineageNode>;
  edges: Map<string, LineageEdge>;
  root: string | null;
  /** Steps and inputs whose sources are wanted already. */
  followed: Set<string>;
  /** What models asked and cited, and what recalls gave, by the id of the node. */
  asked: Map<string, { prompts: string[]; cited: number[] }>;
  given: Map<string, string[]>;
};

export function newGrowth(): Growth {
  const nothing = { root: null, followed: new Set<string>(), asked: new Map(), given: new Map() };
  return { nodes: new Map(), edges: new Map(), runs: new Map(), outcomes: new Map(), ...nothing };
}

/** Adds a node, once. True: it is new. */
export function addNode(growth: Growth, node: LineageNode): boolean {
  growth.root ??= node.id;
  if (growth.nodes.has(node.id)) return false;
  growth.nodes.set(node.id, node);
  return true;
}

/** Adds the edge from who wanted a node to it, once. */
export function addEdge(growth: Growth, by: By | null, to: string): void {
  if (by === null || by.from === to) return;
  const { from, kind, input } = by;
  growth.edges.set([from, to, kind, input ?? ''].join('\n'), { from, to, kind, ...(input ? { input } : {}) });
}

/** True the first time. */
export function firstTime(growth: Growth, what: string): boolean {
  if (growth.followed.has(what)) return false;
  growth.followed.add(what);
  return true;
}

/** Adds reasons to a node. `of` names them: the same reason of the same step is one node. */
export function addReasons(growth: Growth, { id: from, of, reasons }: { id: string; of: string; reasons: Reason[] }) {
  const prompts: string[] = [];
  for (const { at, ...reason } of reasons) {
    const id = `${reason.node.kind}:${of}:${at}`;
    addNode(growth, { id, ...reason.node });
    addEdge(growth, { from, kind: 'because' }, id);
    if (reason.asked !== undefined) prompts.push(reason.asked);
    if (reason.cited) growth.asked.set(id, { prompts: [...prompts], cited: reason.cited });
    if (reason.texts) growth.given.set(id, reason.texts);
    reason.parts.forEach((part, index) => {
      addNode(growth, { id: `${id}:${index + 1}`, ...part });
      addEdge(growth, { from: id, kind: 'because' }, `${id}:${index + 1}`);
    });
  }
}

type More = { why: 'size' | 'depth' | 'items'; count: number; from: Place | null };

/** Says of a node that it came from more than is shown. */
export function addMore(growth: Growth, by: By, more: More): void {
  const id = `more:${by.from}`;
  const known = growth.nodes.get(id);
  if (known?.kind === 'more') growth.nodes.set(id, { ...known, count: known.count + more.count });
  else addNode(growth, { id, kind: 'more', ...more });
  addEdge(growth, { from: by.from, kind: by.kind }, id);
}
