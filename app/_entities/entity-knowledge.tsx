'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { ItemDialog } from '#app/_memory/item-dialog.tsx';
import { useProjectId } from '#app/_shell/project.ts';
import type { EntityMemory } from '#server/entities/types.ts';

/** What is known of an entity beside its record: facts that hold, and knowledge about it. Each opens with its source. */
export function EntityKnowledge({ id, memories }: { id: string; memories: EntityMemory[] }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const [opened, setOpened] = useState<string | null>(null);
  const facts = useQuery(trpc.memory.facts.queryOptions({ projectId, entityId: id }));
  const known = (facts.data ?? []).map(({ id: key, relation, object, itemId }) => ({
    ...{ key, itemId, head: relation, text: object ?? 'no longer' },
  }));
  const told = memories
    .filter(({ tier, kind }) => tier === 'knowledge' && kind !== 'fact')
    .map((memory) => ({ key: memory.id, itemId: memory.id, head: memory.source || memory.kind, text: memory.text }));
  const rows = [...known, ...told];
  if (rows.length === 0) return null;
  return (
    <section aria-label="Facts and knowledge" className="mt-4">
      <h3 className="mb-1 font-semibold">Facts and knowledge</h3>
      <ul className="text-12">
        {rows.map(({ key, itemId, head, text }) => (
          <li key={key} className="border-b border-line py-1">
            <button
              type="button"
              disabled={!itemId}
              onClick={() => setOpened(itemId)}
              className="block w-full rounded-chip text-left hover:bg-hover"
            >
              <span className="text-fg-3">{head}</span> <span className="line-clamp-2">{text}</span>
            </button>
          </li>
        ))}
      </ul>
      {opened && <ItemDialog id={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}
