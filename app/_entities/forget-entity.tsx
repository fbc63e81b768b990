'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { goneText } from '#app/_memory/forgetting-tier/gone-text.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { EntityMentions } from '#server/forgetting/entity-mentions.ts';

/** Forgets an entity for good: says first what goes with it, and lets the operator add what merely names it. */
export function ForgetEntity({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const [also, setAlso] = useState<ReadonlySet<string>>(new Set());
  const mentions = useQuery(trpc.memory.mentions.queryOptions({ projectId, entityId: id }));
  const forget = useForget(id, [...also]);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Forget ${name}?`}
      description="It goes from every tier and the index, for good. A line in the audit log says how much went, and nothing of what."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" disabled={!mentions.data} busy={forget.isPending} onClick={() => forget.mutate()}>
            Forget for good
          </Button>
        </>
      }
    >
      {mentions.isError && <QueryFailure error={mentions.error} onRetry={() => mentions.refetch()} />}
      {mentions.isPending && <SkeletonRows rows={3} />}
      {mentions.data && <What mentions={mentions.data} also={also} onAlso={setAlso} />}
    </Dialog>
  );
}

/** First what merely names it, where the operator chose that; then everything about it. */
function useForget(entityId: string, also: string[]) {
  const trpc = useTRPC();
  const to = useTo();
  const router = useRouter();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const items = useMutation(trpc.memory.forget.mutationOptions());
  const entity = useMutation(trpc.memory.forgetEntity.mutationOptions());
  return useMutation({
    mutationFn: async () => {
      if (also.length > 0) await items.mutateAsync({ projectId, ids: also });
      return await entity.mutateAsync({ projectId, entityId });
    },
    onSuccess: ({ index, ...gone }) => {
      router.push(to('entities'));
      const later = index ? '' : ' The vector index did not answer: what it still holds is left out of every search.';
      sayDone('Forgotten', `${goneText({ ...gone, items: gone.items + also.length })}.${later}`);
    },
    onError: sayFailure('Not forgotten'),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries(trpc.memory.pathFilter()),
        queryClient.invalidateQueries(trpc.entities.list.pathFilter()),
      ]),
  });
}

type WhatProps = {
  mentions: EntityMentions;
  also: ReadonlySet<string>;
  onAlso: (also: ReadonlySet<string>) => void;
};

function What({ mentions: { mentions, ...counts }, also, onAlso }: WhatProps) {
  return (
    <div className="grid gap-3">
      <p>
        With the record itself: {goneText(counts)}, its values at hand and the mail kept here for it. What runs recorded
        of themselves goes by the retention of runs.
      </p>
      {mentions.length > 0 && (
        <fieldset className="grid gap-2">
          <legend className="mb-1 font-medium">
            These are about something else and name it. Tick what is to go too:
          </legend>
          {mentions.map((item) => (
            <Checkbox
              key={item.id}
              checked={also.has(item.id)}
              onChange={(on) =>
                onAlso(on ? new Set([...also, item.id]) : new Set([...also].filter((x) => x !== item.id)))
              }
            >
              <span className="line-clamp-2 text-fg-2">{item.text}</span>
              {item.source && <span className="text-11 text-fg-3">{item.source}</span>}
            </Checkbox>
          ))}
        </fieldset>
      )}
    </div>
  );
}
