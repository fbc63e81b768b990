import { createHash } from 'node:crypto';
import type { MemoryHit, NamedStep, Provenance } from '#nodes/core/capabilities.ts';
import type { StepFacts, TaskFacts } from './facts.ts';
import type { LineageNode, Place } from './types.ts';

/** A node without what names it. */
type Bare = LineageNode extends infer Node ? (Node extends { id: string } ? Omit<Node, 'id'> : never) : never;

/** A reason: what it is, what it is made of in turn, and what a model's answer cites of what it was given. */
type Made = { node: Bare; parts: Bare[]; cited?: number[]; asked?: string; texts?: string[] };
/** `at`: the how manieth it is of its step. */
export type Reason = Made & { at: number };

const shownHits = 30;
const previewChars = 240;

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The reasons that a step recorded, and what people decided about it. `removedAt`: when the retention policy went over its run. */
export function reasonsOf(step: StepFacts, removedAt: number | null): Reason[] {
  const entries = entriesOf(step);
  const decided = entries.filter((entry) => entry.kind === 'decision');
  const tasks = step.tasks.filter((task) => !decided.some((entry) => sameDecision(entry, task)));
  const taskOf = (entry: Provenance): string | null =>
    (entry.kind === 'decision' && step.tasks.find((task) => sameDecision(entry, task))?.taskId) || null;
  const made = [...entries.map((entry) => reasonOf(entry, removedAt, taskOf(entry))), ...tasks.map(person)];
  return made.map((reason, at) => ({ ...reason, at }));
}

/** Of the reasons of an agent those of one of its turns, from 1: what it asked its model then, and which that was. */
export function reasonsOfTurn(reasons: readonly Reason[], turn: number): Reason[] {
  let asked = 0;
  return reasons.filter(({ node }) => {
    if (node.kind === 'prompt') asked += 1;
    return asked === turn && (node.kind === 'prompt' || node.kind === 'model');
  });
}

/**
 * What a step recorded of how it came to what it gave. Of one that a fork took over only what the fork added: the rest is
 * told by the step that it was taken from. A step that failed rests on what came to nothing, others do not.
 */
export function entriesOf({ provenance, origin, originReasons, outcome }: StepFacts): Provenance[] {
  if (!Array.isArray(provenance)) return [];
  const own = origin ? provenance.slice(originReasons) : provenance;
  return outcome === 'error' ? own : own.filter(({ inVain = false }) => !inVain);
}

type Decided = Extract<Provenance, { kind: 'decision' }>;

function sameDecision({ by, at }: Decided, { decision }: TaskFacts): boolean {
  return decision.by === by && decision.at === at;
}

function person({ taskId, decision, at }: TaskFacts): Made {
  const { by, reason } = decision;
  return alone({
    kind: 'person',
    by: typeof by === 'string' ? by : 'nobody in time',
    decision: String(decision.choice ?? decision.answer ?? decision.decision ?? ''),
    reason: typeof reason === 'string' ? reason : null,
    edited: decision.edited === true || decision.choice === 'edit',
    at,
    taskId,
  });
}

const alone = (node: Bare): Made => ({ node, parts: [] });

/** What an entry says as a reason. */
export function reasonOf(entry: Provenance, removedAt: number | null, taskId: string | null): Made {
  switch (entry.kind) {
    case 'prompt': {
      const { hash, repair, messages, removed } = entry;
      const asked = messages.map(({ content }) => content).join('\n');
      return {
        ...alone({ kind: 'prompt', repair, of: [], sha256: hash, removedAt: removed ? removedAt : null }),
        asked,
      };
    }
    case 'model': {
      const { model, provider, rehearsal, cached = false, costMicros, priceId, cited = [] } = entry;
      const sha256 = sha256Of(`${provider}/${model}`);
      const made = { model, provider, rehearsal, cached, sha256, costMicros, priceId };
      return { ...alone({ kind: 'model', ...made, cites: [] }), cited };
    }
    case 'retrieved':
      return recalled(entry, removedAt);
    case 'rule': {
      const { name, expr, result, deciding, message = null } = entry;
      return alone({ kind: 'rule', name, expr, result, deciding, message });
    }
    case 'risk':
      return alone({ kind: 'risk', total: entry.total, threshold: entry.threshold, parts: entry.parts });
    case 'decision': {
      const { by, decision, reason, edited, at } = entry;
      return alone({ kind: 'person', by, decision, reason, edited, at, taskId });
    }
    case 'entity': {
      const { entityId, type, key, version, changed } = entry;
      return alone({ kind: 'record', entityId, type, key, version, changed });
    }
    case 'effect':
      return alone({ kind: 'effect', effect: entry.effect, key: entry.key });
    case 'http':
      return alone({ kind: 'request', method: entry.method, url: entry.url, status: entry.status });
    case 'file':
      return alone({ kind: 'file', name: entry.name, bytes: entry.bytes, fileId: null, sha256: null });
    case 'pinned':
      return alone({ kind: 'pinned', ...stoodIn(entry) });
    case 'held': {
      const { name, session, by, at, from } = entry;
      return alone({ kind: 'held', name, session, by, at, from: from && placeOf(from) });
    }
    default:
      return entry satisfies never;
  }
}

const placeOf = ({ runId, state, path }: NamedStep): Place => ({ runId, state, path });

function stoodIn({ whence }: Extract<Provenance, { kind: 'pinned' }>) {
  if (!whence) return { by: null, at: null, from: null };
  return 'from' in whence ? { by: null, at: null, from: placeOf(whence.from) } : { ...whence, from: null };
}

function recalled(entry: Extract<Provenance, { kind: 'retrieved' }>, removedAt: number | null): Made {
  const { query, vectors, hits, considered = [], embedder = null } = entry;
  return {
    node: { kind: 'recall', query, embedder, vectors, hits: hits.length, considered: considered.length },
    parts: hits.slice(0, shownHits).map((hit, index) => documentOf(hit, index + 1, removedAt)),
    texts: hits.slice(0, shownHits).map(({ text }) => text),
  };
}

function documentOf(hit: MemoryHit, number: number, removedAt: number | null): Bare {
  const { itemId, passageId = null, tier, kind: itemKind, source, untrusted, score, vectorRank, textRank } = hit;
  const found = { number, itemId, passageId, tier, itemKind, source, untrusted, score, vectorRank, textRank };
  return {
    kind: 'document',
    ...found,
    sha256: hit.removed?.sha256 ?? sha256Of(hit.text),
    preview: hit.removed ? null : hit.text.slice(0, previewChars),
    removedAt: hit.removed ? removedAt : null,
    there: true,
    cited: false,
  };
}
