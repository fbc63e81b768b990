'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { plural } from '#app/_ui/format.ts';
import { Input } from '#app/_ui/input.tsx';
import { type MemoryPolicy, policyOf } from './policy.ts';

type Props = { policy: MemoryPolicy; held: number; onClose: () => void };

/** Changes how much a project remembers, and for how long. */
export function PolicyDialog({ policy, held, onClose }: Props) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const project = useQuery(trpc.projects.get.queryOptions({ projectId }));
  const [most, setMost] = useState(String(policy.mostItems));
  const [days, setDays] = useState(policy.episodicDays === null ? '' : String(policy.episodicDays));
  const { value, wrong } = policyOf({ most, days });
  const save = useMutation(
    trpc.projects.update.mutationOptions({
      onSuccess: onClose,
      onError: sayFailure('Not changed'),
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries(trpc.memory.pathFilter()),
          queryClient.invalidateQueries(trpc.projects.pathFilter()),
        ]),
    }),
  );
  const settings = project.data?.settings;
  const over = value === null ? 0 : Math.max(0, held - value.mostItems);
  return (
    <Dialog
      open
      onClose={onClose}
      title="What is kept, and for how long"
      description="Facts, and what you keep by hand, stay whatever you set here."
      footer={
        <Button
          variant="primary"
          disabled={!value || !settings}
          busy={save.isPending}
          onClick={() => value && settings && save.mutate({ projectId, settings: { ...settings, memory: value } })}
        >
          Save
        </Button>
      }
    >
      <div className="grid gap-3">
        <Field
          label="Items at most"
          error={wrong.most}
          hint={
            over > 0
              ? `${plural(over, 'item')} of now would be due within the hour.`
              : 'Above this, the least worth keeping goes: by importance, use and recency.'
          }
        >
          {(control) => (
            <Input {...control} inputMode="numeric" value={most} onChange={({ target }) => setMost(target.value)} />
          )}
        </Field>
        <Field
          label="Days that events are kept"
          error={wrong.days}
          hint="What pipelines remembered as having happened. Empty: as long as there is room."
        >
          {(control) => (
            <Input {...control} inputMode="numeric" value={days} onChange={({ target }) => setDays(target.value)} />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
