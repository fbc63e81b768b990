'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { FormFailure } from '#app/_api/form-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import { ClassInputs } from './class-inputs.tsx';
import { type ClassName, type ClassSettings, problemsOf, settingsOf, typedOf } from './typed.ts';

/** Changes how a kind of work is done from now on. */
export function ClassForm({
  name,
  settings,
  onClose,
}: {
  name: ClassName;
  settings: ClassSettings;
  onClose: () => void;
}) {
  const form = useId();
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState(() => typedOf(settings));
  const [asked, setAsked] = useState(false);
  const problems = problemsOf(typed);
  const set = useMutation(
    trpc.taskClasses.set.mutationOptions({
      onSuccess: () => {
        sayDone('Saved', name);
        onClose();
      },
      onSettled: async () => {
        await queryClient.invalidateQueries(trpc.taskClasses.pathFilter());
        await queryClient.invalidateQueries(trpc.connections.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(problems).length > 0 || set.isPending) return;
    set.mutate({ projectId, name, settings: settingsOf(typed, settings) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Kind of work: ${name}`}
      description="From now on; calls under way are not touched. Empty: no limit of its own."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={set.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} className="grid grid-cols-[minmax(0,1fr)] gap-3" onSubmit={submit} autoComplete="off">
        <ClassInputs name={name} typed={typed} onType={setTyped} problems={asked ? problems : {}} />
        <FormFailure error={set.error} />
      </form>
    </Dialog>
  );
}
