'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pin, Trash2, TreePine } from 'lucide-react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { plural } from '#app/_ui/format.ts';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { MemoryItem } from './memory-item.tsx';
import { whyForgotten } from './why-forgotten.ts';

/** What will be forgotten next, and why; each can be kept, or forgotten at once. */
export function Forgetting() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const preview = useQuery(trpc.memory.forgetting.queryOptions({ projectId, limit: 100 }));
  const onSettled = () => queryClient.invalidateQueries(trpc.memory.pathFilter());
  const keep = useMutation(trpc.memory.weigh.mutationOptions({ onError: sayFailure('Not kept'), onSettled }));
  const forget = useMutation(trpc.memory.forget.mutationOptions({ onError: sayFailure('Not forgotten'), onSettled }));
  if (preview.isError && !preview.data) return <QueryFailure error={preview.error} onRetry={() => preview.refetch()} />;
  if (preview.isPending) return <SkeletonRows rows={6} rowClass="h-16" />;
  const { items } = preview.data;
  if (items.length === 0)
    return (
      <EmptyState icon={TreePine} title="Nothing will be forgotten">
        Facts and what you keep stay. Everything else goes when its time is over, or when memory holds more than its
        limit.
      </EmptyState>
    );
  return (
    <ul aria-label="Forgotten next">
      {items.map((item) => (
        <MemoryItem
          key={item.id}
          item={{ ...item, untrusted: false }}
          note={`${whyForgotten(item.why)} Importance ${item.importance}, ${item.uses === 0 ? 'never used' : `used ${plural(item.uses, 'time')}`}.`}
          aside={
            <span className="flex flex-none items-start gap-1 max-phone:basis-full max-phone:justify-end">
              <Button
                size="sm"
                icon={<Pin size={14} />}
                onClick={() => keep.mutate({ projectId, id: item.id, keep: true })}
              >
                Keep
              </Button>
              <Button
                size="sm"
                icon={<Trash2 size={14} />}
                onClick={() => forget.mutate({ projectId, ids: [item.id] })}
                title="Forgets it now, from all tiers and the index. It cannot be brought back."
              >
                Forget
              </Button>
            </span>
          }
        />
      ))}
    </ul>
  );
}
