'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { toFailure } from '#app/_api/failure.ts';
import { FormFailure } from '#app/_api/form-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { ConnectionRow } from '#server/connections/types.ts';
import { ConnectionInputs } from './connection-inputs.tsx';
import { ProbeResult } from './probe-result.tsx';
import { fieldsOf, problemsOf, type Typed, typedOf } from './typed.ts';

/** Adds a connection, or changes one. It can be tested as it is typed, before it is stored. */
export function ConnectionForm({ stored, onClose }: { stored: ConnectionRow | null; onClose: () => void }) {
  const form = useId();
  const projectId = useProjectId();
  const [typed, setTyped] = useState<Typed>(() => typedOf(stored));
  const [asked, setAsked] = useState(false);
  const save = useSave(stored, onClose);
  const trpc = useTRPC();
  const test = useMutation(trpc.connections.test.mutationOptions());
  const problems = problemsOf(typed);
  const complete = (): boolean => {
    setAsked(true);
    return Object.keys(problems).length === 0;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete() && !save.busy) save.run(typed);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={stored ? `Change the connection ${stored.name}` : 'Add a connection'}
      description={`A model of it is named ${typed.name || 'name'}:model in nodes and kinds of work.`}
      footer={
        <>
          <Button
            busy={test.isPending}
            onClick={() => complete() && test.mutate({ projectId, id: stored?.id ?? null, fields: fieldsOf(typed) })}
          >
            Test connection
          </Button>
          <span className="flex-1" />
          <Button onClick={onClose} className="max-phone:hidden">
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} busy={save.busy}>
            {stored ? 'Save' : 'Add it'}
          </Button>
        </>
      }
    >
      <form id={form} className="grid grid-cols-[minmax(0,1fr)] gap-3" onSubmit={submit} autoComplete="off">
        <ConnectionInputs
          typed={typed}
          onType={(next) => {
            test.reset();
            setTyped(next);
          }}
          stored={stored}
          problems={asked ? problems : {}}
          models={test.data?.models ?? []}
        />
        <ProbeResult tried={test.data} failure={test.error ? toFailure(test.error).message : null} />
        <FormFailure error={save.error} />
      </form>
    </Dialog>
  );
}

function useSave(stored: ConnectionRow | null, onSaved: () => void) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const options = {
    onSuccess: () => {
      sayDone(stored ? 'Connection changed' : 'Connection added');
      onSaved();
    },
    onSettled: async () => {
      await queryClient.invalidateQueries(trpc.connections.pathFilter());
      await queryClient.invalidateQueries(trpc.taskClasses.pathFilter());
    },
  };
  const create = useMutation(trpc.connections.create.mutationOptions(options));
  const update = useMutation(trpc.connections.update.mutationOptions(options));
  return {
    busy: create.isPending || update.isPending,
    error: create.error ?? update.error,
    run(typed: Typed) {
      const fields = fieldsOf(typed);
      if (stored?.id) update.mutate({ projectId, id: stored.id, fields });
      else create.mutate({ projectId, ...fields });
    },
  };
}
