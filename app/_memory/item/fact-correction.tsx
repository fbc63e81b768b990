'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import type { ItemView } from '#server/knowledge/get-item.ts';

type Props = { fact: NonNullable<ItemView['fact']>; onDone: () => void; onCancel: () => void };

/** Corrects a fact where it is read: a new fact with its reason; the wrong one stays in the history. */
export function FactCorrection({ fact, onDone, onCancel }: Props) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const [object, setObject] = useState(fact.object);
  const [over, setOver] = useState(false);
  const [reason, setReason] = useState('');
  const correct = useMutation(
    trpc.memory.correctFact.mutationOptions({
      onSuccess: onDone,
      onError: sayFailure('Not corrected'),
      onSettled: () => queryClient.invalidateQueries(trpc.memory.pathFilter()),
    }),
  );
  const complete = (over || object.trim() !== '') && reason.trim() !== '';
  return (
    <fieldset className="grid gap-3 rounded-control border border-line p-3">
      <legend className="px-1 font-semibold">
        {fact.subject} · {fact.relation}
      </legend>
      <Field label="What is right">
        {(control) => (
          <Input {...control} disabled={over} value={object} onChange={({ target }) => setObject(target.value)} />
        )}
      </Field>
      <Checkbox checked={over} onChange={setOver}>
        Nothing of the kind is so
      </Checkbox>
      <Field label="Why it was wrong" hint="The wrong one stays in the history, with this reason.">
        {(control) => <Input {...control} value={reason} onChange={({ target }) => setReason(target.value)} />}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          variant="primary"
          disabled={!complete}
          busy={correct.isPending}
          onClick={() => correct.mutate({ projectId, id: fact.id, object: over ? null : object, reason })}
        >
          Correct
        </Button>
      </div>
    </fieldset>
  );
}
