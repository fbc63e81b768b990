'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pin, PinOff, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/dialog.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { ItemView } from '#server/knowledge/get-item.ts';
import { FactCorrection } from './fact-correction.tsx';
import { importanceOptions } from './importance.ts';

/** What the operator can do with one item: keep it, weigh it, correct it where it is a fact, forget it. */
export function ItemCare({ item, onGone }: { item: ItemView; onGone: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<'correct' | 'forget' | null>(null);
  const onSettled = () => queryClient.invalidateQueries(trpc.memory.pathFilter());
  const weigh = useMutation(trpc.memory.weigh.mutationOptions({ onError: sayFailure('Not changed'), onSettled }));
  const forget = useMutation(
    trpc.memory.forget.mutationOptions({ onSuccess: onGone, onError: sayFailure('Not forgotten'), onSettled }),
  );
  const { id, keep, importance, fact } = item;
  if (asked === 'correct' && fact)
    return <FactCorrection fact={fact} onDone={onGone} onCancel={() => setAsked(null)} />;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label="Importance"
        value={String(importance)}
        options={importanceOptions(importance)}
        onChange={(value) => weigh.mutate({ projectId, id, importance: Number(value) })}
      />
      <Button
        icon={keep ? <PinOff size={14} /> : <Pin size={14} />}
        onClick={() => weigh.mutate({ projectId, id, keep: !keep })}
      >
        {keep ? 'Let go' : 'Keep'}
      </Button>
      {fact && item.standing?.status !== 'corrected' && <Button onClick={() => setAsked('correct')}>Correct</Button>}
      <Button variant="danger" icon={<Trash2 size={14} />} onClick={() => setAsked('forget')}>
        Forget
      </Button>
      <ConfirmDialog
        open={asked === 'forget'}
        onClose={() => setAsked(null)}
        onConfirm={() => forget.mutate({ projectId, ids: [id] })}
        title="Forget this for good?"
        action="Forget"
        busy={forget.isPending}
      >
        It goes from all tiers and the index. A line in the audit log says that one item went.
      </ConfirmDialog>
    </div>
  );
}
