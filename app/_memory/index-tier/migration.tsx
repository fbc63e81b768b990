'use client';
import { useMutation } from '@tanstack/react-query';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { integer, percent, plural } from '#app/_ui/format.ts';
import { Meter } from '#app/_ui/meter.tsx';
import type { EmbedderStatus } from '#server/embedders/embedder-status.ts';
import { useEmbedderDone } from './use-embedder-done.ts';

type Building = NonNullable<EmbedderStatus['building']>;

/** An index that is built beside the one that is searched: how far it is, how it compares, and what becomes of it. */
export function Migration({ building }: { building: Building }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const onSettled = useEmbedderDone();
  const go = useMutation(
    trpc.memory.switchEmbedder.mutationOptions({ onError: sayFailure('Not switched'), onSettled }),
  );
  const stop = useMutation(
    trpc.memory.stopMigration.mutationOptions({ onError: sayFailure('Not stopped'), onSettled }),
  );
  const { name, indexed, total, complete } = building;
  const progress = `${integer(indexed)} of ${plural(total, 'passage')}`;
  return (
    <div className="grid gap-2 rounded-control border border-line p-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span>
          Beside it: <code className="font-mono text-12">{name}</code>
        </span>
        <span role="status" className="text-12 text-fg-2">
          {complete ? `complete, ${progress}` : progress}
        </span>
      </p>
      <Meter share={total === 0 ? 1 : indexed / total} label={`Index of ${name}: ${progress}`} />
      {complete && <Compared building={building} />}
      {!building.asked && (
        <p className="text-12 text-fg-3">
          Memory has grown, so it learns anew. It is searched as soon as it finds no less than before.
        </p>
      )}
      <div className="flex gap-2">
        <Button variant="primary" disabled={!complete} busy={go.isPending} onClick={() => go.mutate({ projectId })}>
          Switch to it
        </Button>
        <Button busy={stop.isPending} onClick={() => stop.mutate({ projectId })}>
          Give it up
        </Button>
      </div>
    </div>
  );
}

function Compared({ building: { comparison } }: { building: Building }) {
  if (!comparison)
    return (
      <p className="text-12 text-fg-2">
        There is nothing to compare them on: mark what should be found, under Recall. You can switch all the same, and
        bring the old one back.
      </p>
    );
  const worse = comparison.next < comparison.current;
  return (
    <dl aria-label="Comparison" className="flex flex-wrap items-baseline gap-x-6 text-12">
      <div>
        <dt className="text-11 text-fg-3">Recall now</dt>
        <dd className="text-16 font-semibold tabular-nums">{percent(comparison.current)}</dd>
      </div>
      <div>
        <dt className="text-11 text-fg-3">Recall with the new one</dt>
        <dd
          className={
            worse ? 'text-16 font-semibold text-st-waiting tabular-nums' : 'text-16 font-semibold tabular-nums'
          }
        >
          {percent(comparison.next)}
        </dd>
      </div>
      <div className="text-fg-2">
        <dt className="sr-only">Measured on</dt>
        <dd>
          on {plural(comparison.questions, 'question')}, the first {comparison.k} of each
          {worse && '. It finds less of what you marked.'}
        </dd>
      </div>
    </dl>
  );
}
