'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormFailure } from '#app/_api/form-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';

/** Asks for a name and creates the project. */
export function NewProjectForm({ onCreated }: { onCreated: (projectId: string) => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const create = useMutation(
    trpc.projects.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queryClient.invalidateQueries(trpc.projects.list.queryFilter());
        onCreated(id);
      },
    }),
  );
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name: name.trim() });
      }}
    >
      <Field label="Project name" hint="For example Northwind Foods.">
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <FormFailure error={create.error} />
      <Button type="submit" variant="primary" size="lg" busy={create.isPending} disabled={name.trim() === ''}>
        Create project
      </Button>
    </form>
  );
}

/** The same in a dialog; opens the new project. */
export function NewProjectDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const router = useRouter();
  const enter = (projectId: string) => {
    onClose();
    router.push(`/p/${projectId}/today`);
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="New project"
      description="It starts empty: no pipelines, no memory, no spend. Nothing is shared with your other projects."
    >
      <NewProjectForm onCreated={enter} />
    </Dialog>
  );
}
