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

const words = {
  'lexical-hash-v1': 'words and parts of words, learns nothing; no language model',
  'lexical-latent-v1': 'words used alike, learnt from this project’s own texts; no language model',
} as const;
type Lexical = keyof typeof words;
const choices = Object.keys(words) as Lexical[];

/** What an embedder goes by; nothing where it is none of those that ask nobody. */
export function embedderText(name: string): string {
  const choice = choices.find((each) => name.startsWith(each));
  return choice ? words[choice] : '';
}

/** Which embedder the index is made with, and a move to another one beside it. */
export function Embedder() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const status = useQuery(trpc.memory.embedder.queryOptions({ projectId }, { refetchInterval: 2_000 }));
  if (status.isError && !status.data) return <QueryFailure error={status.error} onRetry={() => status.refetch()} />;
  if (status.isPending) return <SkeletonRows rows={2} />;
  const { current, building, previous } = status.data;
  return (
    <section aria-label="Embedder" className="grid gap-3">
      <h2 className="font-semibold">Embedder</h2>
      <p>
        <code className="font-mono text-12">{current}</code>{' '}
        <span className="text-12 text-fg-2">{embedderText(current)}</span>
      </p>
      {building ? <Migration building={building} /> : <Begin current={current} />}
      {previous && !building && <Before status={status.data} previous={previous} />}
    </section>
  );
}

function Begin({ current }: { current: string }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const onSettled = useEmbedderDone();
  const options = choices.filter((choice) => choice !== current);
  const [to, setTo] = useState<Lexical>(options[0] ?? 'lexical-latent-v1');
  const migrate = useMutation(
    trpc.memory.migrateEmbedder.mutationOptions({ onError: sayFailure('Not begun'), onSettled }),
  );
  const chosen = options.includes(to) ? to : (options[0] ?? to);
  return (
    <div className="grid justify-items-start gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="Another embedder"
          value={chosen}
          onChange={setTo}
          options={options.map((value) => ({ value, label: value }))}
        />
        <Button busy={migrate.isPending} onClick={() => migrate.mutate({ projectId, to: chosen })}>
          Build its index
        </Button>
      </div>
      <p className="text-12 text-fg-3">
        {words[chosen]}. It is built beside the one that is searched, compared with it on your recall set, and searched
        only once you switch.
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
