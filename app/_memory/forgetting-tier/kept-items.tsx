'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PinOff } from 'lucide-react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { MemoryItem } from '../memory-item.tsx';

/** What the operator keeps: neither time nor limit takes it, until it is let go. */
export function KeptItems() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const kept = useQuery(trpc.memory.recent.queryOptions({ projectId, kept: true, limit: 100 }));
  const letGo = useMutation(
    trpc.memory.weigh.mutationOptions({
      onError: sayFailure('Not let go'),
      onSettled: () => queryClient.invalidateQueries(trpc.memory.pathFilter()),
    }),
  );
  if (!kept.data || kept.data.items.length === 0) return null;
  return (
    <section aria-label="Kept by you">
      <h2 className="px-6 pt-5 pb-1 font-semibold max-phone:px-4">Kept by you</h2>
      <ul aria-label="Kept by you">
        {kept.data.items.map((item) => (
          <MemoryItem
            key={item.id}
            item={item}
            aside={
              <Button
                size="sm"
                icon={<PinOff size={14} />}
                onClick={() => letGo.mutate({ projectId, id: item.id, keep: false })}
              >
                Let go
              </Button>
            }
          />
        ))}
      </ul>
    </section>
  );
}
