'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { GitCompareArrows } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { toFailure } from '#app/_api/failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { plural } from '#app/_ui/format.ts';
import { Textarea } from '#app/_ui/input.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import { useGraph, useProblems, useSession } from '../session/context.ts';
import { countsOf } from '../versions/compare/changes.ts';
import { MarkCounts, MarkIcon } from '../versions/compare/marks.tsx';
import { historyAddress } from '../versions/refs.ts';
import type { DraftDifference } from '../versions/use-difference.ts';
import { PublishProblems } from './publish-problems.tsx';

type Props = {
  published: number | null;
  draft: DraftDifference;
  onClose: () => void;
  onPublished: (number: number) => void;
};

/** Makes the draft the next version, which runs from then on. Shows what that changes; refused while there are errors. */
export function PublishDialog({ published, draft, onClose, onPublished }: Props) {
  const next = (published ?? 0) + 1;
  const errors = useProblems(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error'));
  const same = published !== null && draft?.difference === 'none';
  const [note, setNote] = useState('');
  const { publish, busy, failure } = usePublish((number) => {
    onPublished(number);
    onClose();
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Publish version ${next}`}
      description="New runs take it from now on; runs that go on finish on theirs."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={errors || same} onClick={() => void publish(note)}>
            Publish v{next}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-1 gap-3">
        <PublishProblems onClose={onClose} />
        <WhatChanges published={published} draft={draft} onClose={onClose} />
        <Field label="What changed" hint="For the history. May be left empty.">
          {(control) => (
            <Textarea
              {...control}
              autoFocus
              maxLength={2_000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        {failure && (
          <p role="alert" className="text-12 text-st-failed">
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  );
}

const mostListed = 6;

/** In short what the new version does otherwise; in full it stands in the history. */
function WhatChanges({ published, draft, onClose }: Pick<Props, 'published' | 'draft' | 'onClose'>) {
  const session = useSession();
  const nodes = useGraph((graph) => graph.nodes.length);
  if (published === null)
    return <p className="text-12 text-fg-2">The first version, with {plural(nodes, 'node')}. Nothing ran by it yet.</p>;
  if (!draft) return null;
  if (draft.difference === 'none')
    return <p className="text-12 text-fg-2">The draft is what v{published} is: there is nothing to publish.</p>;
  const { items } = draft;
  const from = { kind: 'version', number: published } as const;
  return (
    <section aria-label={`What changes against v${published}`} className="rounded-control border border-line">
      <header className="flex items-center justify-between gap-2 border-b border-line px-3 py-1.5">
        <MarkCounts counts={countsOf(items)} />
        <Button asChild variant="link" size="sm">
          <Link href={historyAddress(session, { kind: 'two', from, to: { kind: 'draft' } })} onClick={onClose}>
            <GitCompareArrows size={13} aria-hidden="true" />
            See it against v{published}
          </Link>
        </Button>
      </header>
      <ul className="py-1">
        {items.slice(0, mostListed).map(({ key, mark, title, about }) => (
          <li key={key} className="flex min-w-0 items-center gap-2 px-3 py-0.5 text-12">
            <MarkIcon mark={mark} size={12} named />
            <span className="truncate">{title}</span>
            <span className="ml-auto flex-none text-11 text-fg-3">{about}</span>
          </li>
        ))}
        {items.length > mostListed && (
          <li className="px-3 py-0.5 text-12 text-fg-3">and {items.length - mostListed} more</li>
        )}
      </ul>
    </section>
  );
}

function usePublish(onPublished: (number: number) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const session = useSession();
  const [failure, setFailure] = useState<string | null>(null);
  const mutation = useMutation(trpc.pipelines.publish.mutationOptions());
  const publish = async (note: string) => {
    setFailure(null);
    try {
      if (!(await session.autosave.flush())) {
        setFailure('The draft is not saved yet. See the state beside the name.');
        return;
      }
      const { projectId, pipelineId, autosave } = session;
      const { number } = await mutation.mutateAsync({ projectId, pipelineId, note, revision: autosave.revision() });
      sayDone(`Version ${number} is published`, 'Any version before it can be restored from the history.');
      await queryClient.invalidateQueries(trpc.pipelines.pathFilter());
      onPublished(number);
    } catch (error) {
      const { message, todo } = toFailure(error);
      setFailure(`${message} ${todo}`);
    }
  };
  return { publish, busy: mutation.isPending, failure };
}
