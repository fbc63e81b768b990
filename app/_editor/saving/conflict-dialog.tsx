'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { AlertDialog } from 'radix-ui';
import { useMemo, useState } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { plural } from '#app/_ui/format.ts';
import { sayDone } from '#app/_ui/toaster.tsx';
import { useGraph, useSaveState, useSession } from '../session/context.ts';
import type { SaveState } from './autosave.ts';
import { ChangeColumns } from './change-columns.tsx';
import { ClashList } from './clash-list.tsx';
import { type Merge, mergeGraphs } from './merge/merge-graphs.ts';
import type { Side } from './merge/three-way.ts';

type ConflictState = Extract<SaveState, { kind: 'conflict' }>;

/** The draft was saved elsewhere meanwhile: the operator chooses, and nothing is lost whatever they choose. */
export function ConflictDialog() {
  const state = useSaveState();
  return state.kind === 'conflict' ? <Conflict key={state.theirs.revision} state={state} /> : null;
}

function Conflict({ state: { base, theirs } }: { state: ConflictState }) {
  const mine = useGraph((graph) => graph);
  const [picks, setPicks] = useState<Record<string, Side>>({});
  const merge = useMemo(
    () => (base ? mergeGraphs({ base, mine, theirs: theirs.graph }, picks) : null),
    [base, mine, theirs, picks],
  );
  const when = theirs.updatedAt > 0 ? agoText(theirs.updatedAt) : 'meanwhile';
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fade-in fixed inset-0 z-40 bg-[rgb(10_11_14/.45)]" />
        <AlertDialog.Content className="fade-in fixed top-[8vh] left-1/2 z-50 grid max-h-[84vh] w-[min(620px,calc(100vw-24px))] -translate-x-1/2 grid-rows-[auto_minmax(0,1fr)_auto] rounded-float border border-line-strong bg-raised shadow-modal max-phone:top-3 max-phone:max-h-[calc(100dvh-24px)]">
          <div className="grid gap-1 px-4 pt-4 pb-3">
            <AlertDialog.Title className="text-14 font-semibold">This draft was changed elsewhere</AlertDialog.Title>
            <AlertDialog.Description className="text-fg-2">
              Another window or person saved it {when}. Nothing is lost: what you do not take stays in the history of
              the draft or one Undo away.
            </AlertDialog.Description>
          </div>
          <div className="grid content-start gap-4 overflow-y-auto px-4 pb-4">
            {base ? (
              <ChangeColumns base={base} mine={mine} theirs={theirs.graph} />
            ) : (
              <p className="text-12 text-fg-2">
                Yours has {plural(mine.nodes.length, 'node')}, theirs {plural(theirs.graph.nodes.length, 'node')}. What
                both were made of is not known any more, so they cannot be merged.
              </p>
            )}
            {merge && (
              <ClashList
                merge={merge}
                graphs={[mine, theirs.graph]}
                picks={picks}
                onPick={(id, side) => setPicks({ ...picks, [id]: side })}
              />
            )}
          </div>
          <Choices merge={merge} />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function Choices({ merge }: { merge: Merge | null }) {
  const { autosave } = useSession();
  const copy = useSaveCopy();
  const clean = merge !== null && merge.clashes.length === 0 && merge.moved.length === 0;
  return (
    <div className="grid gap-2 border-t border-line px-4 py-3">
      {merge && (
        <Choice
          title="Merge both"
          text={
            clean
              ? 'Yours and theirs do not touch each other: the draft gets both.'
              : 'The draft gets both, and what you chose above.'
          }
          primary={clean}
          onChoose={() => void autosave.merge(merge.graph)}
        />
      )}
      <Choice
        title="Keep mine"
        text="Yours takes the place of theirs, which stays in the history."
        onChoose={() => void autosave.keepMine()}
      />
      <Choice
        title="Take theirs"
        text="Theirs takes the place of yours here; one Undo brings yours back."
        onChoose={() => autosave.takeTheirs()}
      />
      <Choice
        title="Save mine as a copy"
        text="Yours becomes a pipeline of its own; this one stays as they left it."
        primary={merge === null}
        busy={copy.busy}
        onChoose={copy.save}
      />
    </div>
  );
}

function useSaveCopy(): { busy: boolean; save: () => void } {
  const { projectId, autosave } = useSession();
  const trpc = useTRPC();
  const router = useRouter();
  const mine = useGraph((graph) => graph);
  const copy = useMutation(trpc.pipelines.create.mutationOptions({ onError: sayFailure('No copy saved') }));
  const save = () => {
    const name = `${mine.name.slice(0, 180)} (my copy)`;
    const why = { origin: 'conflict', summary: `Copy of ${mine.name.slice(0, 180)}` } as const;
    copy.mutate(
      { projectId, name, graph: { ...mine, name }, why },
      {
        onSuccess: ({ id }) => {
          autosave.takeTheirs();
          sayDone('Your version is saved as a copy', name);
          router.push(`/p/${projectId}/pipelines/${id}`);
        },
      },
    );
  };
  return { busy: copy.isPending, save };
}

type ChoiceProps = { title: string; text: string; primary?: boolean; busy?: boolean; onChoose: () => void };

function Choice({ title, text, primary, busy, onChoose }: ChoiceProps) {
  return (
    <div className="flex items-center gap-3">
      <p className="min-w-0 flex-1 text-12 text-fg-2">{text}</p>
      <Button
        variant={primary ? 'primary' : 'default'}
        busy={busy}
        onClick={onChoose}
        className="w-38 flex-none"
        autoFocus={primary}
      >
        {title}
      </Button>
    </div>
  );
}

function agoText(at: number): string {
  const minutes = Math.max(0, Math.round((Date.now() - at) / 60_000));
  return minutes === 0 ? 'just now' : `${plural(minutes, 'minute')} ago`;
}
