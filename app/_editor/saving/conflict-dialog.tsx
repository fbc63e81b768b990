'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { AlertDialog } from 'radix-ui';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { plural } from '#app/_ui/format.ts';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { Graph } from '#nodes/core/graph.ts';
import { useGraph, useSaveState, useSession } from '../session/context.ts';
import type { Theirs } from './autosave.ts';

/** The draft was saved elsewhere meanwhile: the operator chooses, and nothing is lost whatever they choose. */
export function ConflictDialog() {
  const state = useSaveState();
  return state.kind === 'conflict' ? <Conflict theirs={state.theirs} /> : null;
}

function Conflict({ theirs }: { theirs: Theirs }) {
  const session = useSession();
  const trpc = useTRPC();
  const router = useRouter();
  const mine = useGraph((graph) => graph);
  const copy = useMutation(trpc.pipelines.create.mutationOptions({ onError: sayFailure('No copy saved') }));
  const saveCopy = () => {
    const { projectId } = session;
    const name = `${mine.name} (my copy)`.slice(0, 200);
    copy.mutate(
      { projectId, name, graph: { ...mine, name } },
      {
        onSuccess: ({ id }) => {
          session.autosave.takeTheirs();
          sayDone('Your version is saved as a copy', name);
          router.push(`/p/${projectId}/pipelines/${id}`);
        },
      },
    );
  };
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fade-in fixed inset-0 z-40 bg-[rgb(10_11_14/.45)]" />
        <AlertDialog.Content className="fade-in fixed top-[14vh] left-1/2 z-50 grid w-[min(520px,calc(100vw-24px))] -translate-x-1/2 gap-3 rounded-float border border-line-strong bg-raised p-4 shadow-modal">
          <AlertDialog.Title className="text-14 font-semibold">This draft was changed elsewhere</AlertDialog.Title>
          <AlertDialog.Description className="text-fg-2">
            Another window or person saved it {theirs.updatedAt > 0 ? agoText(theirs.updatedAt) : 'meanwhile'}. Yours
            has {sizeOf(mine)}, theirs {sizeOf(theirs.graph)}. Nothing is lost whatever you choose.
          </AlertDialog.Description>
          <div className="grid gap-2">
            <Choice
              title="Save mine as a copy"
              text="Yours becomes a pipeline of its own; this one stays as they left it."
              primary
              busy={copy.isPending}
              onChoose={saveCopy}
            />
            <Choice
              title="Keep mine"
              text="Yours takes the place of theirs."
              onChoose={() => void session.autosave.keepMine()}
            />
            <Choice
              title="Take theirs"
              text="Theirs takes the place of yours here; one Undo brings yours back."
              onChoose={() => session.autosave.takeTheirs()}
            />
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

type ChoiceProps = { title: string; text: string; primary?: boolean; busy?: boolean; onChoose: () => void };

function Choice({ title, text, primary, busy, onChoose }: ChoiceProps) {
  return (
    <div className="flex items-center gap-3">
      <p className="min-w-0 flex-1 text-12 text-fg-2">{text}</p>
      <Button variant={primary ? 'primary' : 'default'} busy={busy} onClick={onChoose}>
        {title}
      </Button>
    </div>
  );
}

function sizeOf(graph: Graph): string {
  return `${plural(graph.nodes.length, 'node')} and ${plural(graph.edges.length, 'edge')}`;
}

function agoText(at: number): string {
  const minutes = Math.max(0, Math.round((Date.now() - at) / 60_000));
  return minutes === 0 ? 'just now' : `${plural(minutes, 'minute')} ago`;
}
