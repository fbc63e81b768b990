'use client';
import { useQuery } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { integer, plural } from '#app/_ui/format.ts';
import { PolicyDialog } from './policy-dialog.tsx';

/** What the project keeps, and for how long: what the preview below follows. */
export function ForgettingPolicy() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const [changing, setChanging] = useState(false);
  const { data } = useQuery(trpc.memory.forgetting.queryOptions({ projectId, limit: 100 }));
  if (!data) return null;
  const { policy, held } = data;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-6 py-2 max-phone:px-4">
      <p className="flex-1 text-12 text-fg-2 max-phone:basis-full">
        Memory holds {integer(held)} of at most {plural(policy.mostItems, 'item')}. What a pipeline remembers of an
        event is kept {policy.episodicDays === null ? 'as long as there is room' : plural(policy.episodicDays, 'day')}.
        An hourly job forgets what is due.
      </p>
      <Button size="sm" icon={<SlidersHorizontal size={14} />} onClick={() => setChanging(true)}>
        Change the policy
      </Button>
      {changing && <PolicyDialog policy={policy} held={held} onClose={() => setChanging(false)} />}
    </div>
  );
}
