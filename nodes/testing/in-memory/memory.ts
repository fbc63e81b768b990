import type { MemoryCapability, MemoryHit } from '#nodes/core/capabilities.ts';
import { type MemoryItem, respond, type StepScope, type WorldState } from './state.ts';

/** Memory in a map: recall ranks items by the share of the question's words that they hold. */
export function memoryIn(state: WorldState, step: StepScope): MemoryCapability {
  return {
    async recall({ text, limit, entityId, kinds, ranking }) {
      await respond(state);
      const asked = words(text);
      const hits = [...state.memory.values()]
        .filter((item) => entityId === undefined || item.entityId === entityId)
        .filter((item) => kinds === undefined || kinds.includes(item.kind))
        .map((item) => ({ item, score: share(asked, words(item.text)) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || b.item.at - a.item.at)
        .slice(0, limit)
        .map(({ item, score }, index) => hit(item, score, index + 1));
      const considered = hits.map(({ itemId, score, vectorRank, textRank }) => ({
        itemId,
        score,
        vectorRank,
        textRank,
      }));
      return { hits, vectors: false, considered, embedder: 'none', ranking: ranking ?? {} };
    },
    async remember(item) {
      await respond(state);
      const itemId = `item-${step.idempotencyKey}`;
      if (!state.memory.has(itemId))
        state.memory.set(itemId, {
          ...item,
          itemId,
          entityId: item.entityId ?? null,
          source: item.source ?? '',
          at: item.at ?? state.now,
        });
      return { itemId };
    },
    async forget({ effectKey }) {
      await respond(state);
      const itemId = `item-${effectKey}`;
      return { itemId: state.memory.delete(itemId) ? itemId : null, vectors: !state.withoutVectors };
    },
    async hold({ name, value, session = '', ttlMs }) {
      await respond(state);
      state.held.set(`${session} ${name}`, value);
      return { expiresAt: state.now + ttlMs };
    },
    async held({ name, session = '' }) {
      await respond(state);
      const value = state.held.get(`${session} ${name}`);
      return value === undefined ? null : { value };
    },
  };
}

function hit(item: MemoryItem, score: number, textRank: number): MemoryHit {
  const { entityId: _entityId, ...rest } = item;
  return { ...rest, score, vectorRank: null, textRank };
}

function words(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

function share(asked: Set<string>, held: Set<string>): number {
  return asked.size === 0 ? 0 : [...asked].filter((word) => held.has(word)).length / asked.size;
}
