'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Select } from '#app/_ui/select.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import type { EmbedderStatus } from '#server/embedders/embedder-status.ts';
import { Migration } from './migration.tsx';
import { useEmbedderDone } from './use-embedder-done.ts';

const words: Record<string, string> = {
  'lexical-hash-v1': 'Words and parts of words, learns nothing; no language model',
  'lexical-latent-v1': 'Words used alike, learnt from this project’s own texts; no language model',
};

/** What an embedder goes by, from its name or its choice: one that asks nobody is known by what its name begins with. */
function embedderText(name: string): string {
  const known = Object.keys(words).find((each) => name.startsWith(each));
  return words[known ?? ''] ?? 'A provider’s model; each passage is sent to it and paid once';
}

/** Which embedder the index is made with, and a move to another one beside it. */
export function Embedder() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const status = useQuery(trpc.memory.embedder.queryOptions({ projectId }, { refetchInterval: 2_000 }));
  if (status.isError && !status.data) return <QueryFailure error={status.error} onRetry={() => status.refetch()} />;
  if (status.isPending) return <SkeletonRows rows={2} />;
  const { current, building, previous, problem } = status.data;
  return (
    <section aria-label="Embedder" className="grid gap-3">
      <h2 className="font-semibold">Embedder</h2>
      <p>
        <code className="font-mono text-12">{current}</code>{' '}
        <span className="text-12 text-fg-2">{embedderText(current)}</span>
      </p>
      {problem && (
        <p role="alert" className="text-st-failed">
          The last vectors were refused: {problem.message}
        </p>
      )}
      {building ? <Migration building={building} /> : <Begin current={current} />}
      {previous && !building && <Before status={status.data} previous={previous} />}
    </section>
  );
}

function Begin({ current }: { current: string }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const onSettled = useEmbedderDone();
  const choices = useQuery(trpc.memory.embedderChoices.queryOptions({ projectId }));
  const [wanted, setWanted] = useState<string | null>(null);
  const migrate = useMutation(
    trpc.memory.migrateEmbedder.mutationOptions({ onError: sayFailure('Not begun'), onSettled }),
  );
  if (choices.isError) return <QueryFailure error={choices.error} onRetry={() => choices.refetch()} />;
  const options = (choices.data ?? []).filter(({ to }) => to !== current);
  const chosen = options.find(({ to }) => to === wanted) ?? options[0];
  if (!chosen) return null;
  return (
    <div className="grid justify-items-start gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="Another embedder"
          value={chosen.to}
          onChange={setWanted}
          options={options.map(({ to, title }) => ({ value: to, label: title }))}
        />
        <Button busy={migrate.isPending} onClick={() => migrate.mutate({ projectId, to: chosen.to })}>
          Build its index
        </Button>
      </div>
      <p className="text-12 text-fg-3">
        {embedderText(chosen.to)}. It is built beside the one that is searched, compared with it on your recall set, and
        searched only once you switch.
      </p>
    </div>
  );
}

function Before({ status, previous }: { status: EmbedderStatus; previous: string }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const onSettled = useEmbedderDone();
  const back = useMutation(
    trpc.memory.bringBackEmbedder.mutationOptions({ onError: sayFailure('Not brought back'), onSettled }),
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button icon={<Undo2 size={14} />} busy={back.isPending} onClick={() => back.mutate({ projectId })}>
        Bring back {previous}
      </Button>
      <span className="text-12 text-fg-3">
        It is searched at once; {status.current} can be brought back in its turn.
      </span>
    </div>
  );
}
