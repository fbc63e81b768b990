import type { Status } from '#app/_ui/status.ts';
import { statusOfCounts, waitText } from '#app/_ui/status.ts';
import type { GraphEdge } from '#nodes/core/graph.ts';
import type { NodeStatus } from '#server/runs/types.ts';
import type { GraphShape } from './graph-shape.ts';
import { nodeFailureWords } from './words.ts';

export type EdgeState = 'idle' | 'taken' | 'error' | 'not-taken' | 'running';
export type HandleState = 'open' | 'taken' | 'error' | 'not-taken' | 'running';

/** What a card shows of a run. */
export type CardLive = {
  status: Status;
  detail: string | null;
  /** How many items of the loop around it are where, unless the detail says it. */
  counts: string | null;
  costMicros: number;
  /** Model calls that earlier answers stood for. */
  cached: number;
  /** Time spent by what is over, in milliseconds; null: nothing is. */
  timeMs: number | null;
  /** Since when it runs or waits, epoch milliseconds; null: it does neither. */
  since: number | null;
  /** Attempts, where some step needed more than one. */
  tries: number | null;
  input: HandleState;
  outcomes: Readonly<Record<string, HandleState>>;
};

export type LiveView = { cards: ReadonlyMap<string, CardLive>; edges: ReadonlyMap<string, EdgeState> };
export type LiveSource = { shape: GraphShape; nodes: Readonly<Record<string, NodeStatus>>; ended: boolean };

/** Everything that the canvas shows of a run, derived from the status of its nodes. Pure; linear in the graph. */
export function liveView({ shape, nodes, ended }: LiveSource): LiveView {
  const dead = deadNodes({ shape, nodes, ended });
  const edges = new Map<string, EdgeState>();
  for (const edge of shape.edges) edges.set(edge.id, edgeState(edge, { shape, nodes, dead }));
  const cards = new Map<string, CardLive>();
  for (const id of shape.ids) {
    const scope = shape.scopes.get(id) ?? null;
    cards.set(
      id,
      cardLive({
        node: nodes[id],
        map: shape.maps.has(id) ? nodes[id]?.map : undefined,
        around: scope === null ? undefined : nodes[scope]?.map,
        dead: dead.has(id),
        disabled: isPassed(id, { shape, nodes }),
        incoming: (shape.incoming.get(id) ?? []).map((edge) => edges.get(edge.id) ?? 'idle'),
      }),
    );
  }
  return { cards, edges };
}

type CardSource = {
  node: NodeStatus | undefined;
  /** Progress of the node's own loop, and of the loop around it. */
  map: NodeStatus['map'];
  around: NodeStatus['map'];
  dead: boolean;
  /** Runs pass over it. */
  disabled: boolean;
  incoming: EdgeState[];
};

function cardLive(source: CardSource): CardLive {
  const { node, around, dead, disabled, incoming } = source;
  const status = statusOfCard(node, dead || disabled);
  return {
    status,
    ...(node ? detailOf(status, node, source) : { detail: disabled ? 'disabled' : null, counts: null }),
    costMicros: node?.costMicros ?? 0,
    cached: node?.cached ?? 0,
    timeMs: node ? timeOf(node, around !== undefined) : null,
    since: status === 'running' || status === 'waiting' ? (node?.firstStartedAt ?? null) : null,
    tries: node && node.attempts > stepsOf(node) ? node.attempts : null,
    input: inputState(status, incoming),
    outcomes: node ? outcomeStates(node, status) : {},
  };
}

/** A loop that waits for its own items is at work, whatever its step is called. */
function statusOfCard(node: NodeStatus | undefined, dead: boolean): Status {
  const status = statusOfCounts(node && stepsOf(node) > 0 ? node : undefined, dead);
  const kind = node?.waitingFor?.kind;
  return status === 'waiting' && (kind === 'items' || kind === 'passes') ? 'running' : status;
}

function detailOf(status: Status, node: NodeStatus, { map, around }: CardSource): Pick<CardLive, 'detail' | 'counts'> {
  if (map) {
    const whole = map.finished === map.total && map.failed === 0;
    return { detail: whole ? `${map.total}` : progressOf(map), counts: null };
  }
  const words = stateWords(status, node);
  const counts = around ? countWords(status, node, around.total) : null;
  return words === null ? { detail: counts, counts: null } : { detail: words, counts };
}

function stateWords(status: Status, node: NodeStatus): string | null {
  if (status === 'waiting' && node.waitingFor) return waitText(node.waitingFor);
  if (status === 'failed' && node.failure) return nodeFailureWords(node.failure);
  if (status === 'undone' && node.done > 0) return `${node.undone} of ${node.undone + node.done}`;
  return null;
}

function countWords(status: Status, node: NodeStatus, total: number): string {
  const now = status === 'running' ? node.running : status === 'waiting' ? node.waiting : 0;
  const over = node.done + node.failed + node.cancelled + node.undone;
  const failed = node.failed > 0 && status !== 'failed' ? `, ${node.failed} failed` : '';
  return `${now > 0 ? `${now}, ` : ''}${over} of ${total}${failed}`;
}

function progressOf(map: NonNullable<NodeStatus['map']>): string {
  return `${map.finished} of ${map.total}${map.failed > 0 ? `, ${map.failed} failed` : ''}`;
}

function timeOf(node: NodeStatus, inLoop: boolean): number | null {
  if (node.lastEndedAt === null || node.firstStartedAt === null) return null;
  return inLoop ? Math.max(0, node.lastEndedAt - node.firstStartedAt) : node.workMs;
}

function stepsOf(node: NodeStatus): number {
  return node.ready + node.running + node.waiting + node.done + node.failed + node.cancelled + node.undone;
}

function inputState(status: Status, incoming: EdgeState[]): HandleState {
  if (status === 'running' && incoming.includes('running')) return 'running';
  if (incoming.some((edge) => edge === 'taken' || edge === 'error')) return 'taken';
  return incoming.length > 0 && incoming.every((edge) => edge === 'not-taken') ? 'not-taken' : 'open';
}

function outcomeStates(node: NodeStatus, status: Status): Record<string, HandleState> {
  const states: Record<string, HandleState> = {};
  for (const [outcome, count] of Object.entries(node.outcomes))
    if (count > 0) states[outcome] = outcome === 'error' ? 'error' : 'taken';
  if (node.map) states.each = 'taken';
  if (status === 'done' || status === 'failed' || status === 'undone') states['*'] = 'not-taken';
  return states;
}

/** The state of one outcome's handle. */
export function outcomeState(live: CardLive | undefined, outcome: string): HandleState {
  return live?.outcomes[outcome] ?? live?.outcomes['*'] ?? 'open';
}

type RunAt = { shape: GraphShape; nodes: LiveSource['nodes']; dead: ReadonlySet<string> };

/** An edge out of a node that is passed over is gone along as the edges are that lead there from what takes part. */
function passedState(edge: GraphEdge, at: RunAt): EdgeState {
  if (at.shape.passed.get(edge.from) !== edge.outcome) return 'not-taken';
  const into = leadingTo(edge.from, at).map((before) => edgeState(before, at));
  if (into.some((state) => state === 'taken' || state === 'error' || state === 'running'))
    return (at.nodes[edge.to]?.running ?? 0) > 0 ? 'running' : 'taken';
  return into.every((state) => state === 'not-taken') ? 'not-taken' : 'idle';
}

/** The edges from nodes that take part to a node that is passed over, past others of its kind. */
function leadingTo(id: string, at: RunAt): GraphEdge[] {
  const found: GraphEdge[] = [];
  const seen = new Set([id]);
  for (const passed of seen)
    for (const edge of at.shape.incoming.get(passed) ?? []) {
      if (!isPassed(edge.from, at)) found.push(edge);
      else if (at.shape.passed.get(edge.from) === edge.outcome) seen.add(edge.from);
    }
  return found;
}

/** Disabled, and not because of an edit after the run. */
function isPassed(id: string, { shape, nodes }: Pick<RunAt, 'shape' | 'nodes'>): boolean {
  return shape.passed.has(id) && nodes[id] === undefined;
}

function edgeState(edge: GraphEdge, at: RunAt): EdgeState {
  const { nodes, dead } = at;
  if (isPassed(edge.from, at)) return passedState(edge, at);
  const source = nodes[edge.from];
  const taken = (source?.outcomes[edge.outcome] ?? 0) > 0 || (edge.outcome === 'each' && source?.map !== undefined);
  if (!taken) return dead.has(edge.from) || (source && isOver(source)) ? 'not-taken' : 'idle';
  if ((nodes[edge.to]?.running ?? 0) > 0) return 'running';
  return edge.outcome === 'error' ? 'error' : 'taken';
}

function isOver(node: NodeStatus): boolean {
  return node.ready + node.running + node.waiting === 0 && stepsOf(node) > 0;
}

/** Nodes that this run can no longer reach: none of their edges was taken, and each source is over or dead itself. */
function deadNodes({ shape, nodes, ended }: LiveSource): Set<string> {
  const reached = (id: string) => nodes[id] !== undefined && stepsOf(nodes[id]) > 0;
  if (ended) return new Set(shape.ids.filter((id) => !reached(id)));
  const started = shape.ids.some(reached);
  const dead = new Set<string>();
  if (!started) return dead;
  const queue = shape.ids.filter((id) => !reached(id) && !shape.incoming.has(id));
  for (const id of queue) dead.add(id);
  const candidates = [...queue, ...shape.ids.filter(reached), ...shape.passed.keys()];
  for (const id of candidates)
    for (const edge of shape.outgoing.get(id) ?? []) {
      if (dead.has(edge.to) || reached(edge.to) || !isDead(edge.to, { shape, nodes, dead })) continue;
      dead.add(edge.to);
      candidates.push(edge.to);
    }
  return dead;
}

function isDead(id: string, at: RunAt): boolean {
  const scope = at.shape.scopes.get(id) ?? null;
  const loop = scope === null ? undefined : at.nodes[scope]?.map;
  if (scope !== null && (!loop || loop.finished < loop.total)) return false;
  return (at.shape.incoming.get(id) ?? []).every((edge) => edgeState(edge, at) === 'not-taken');
}
