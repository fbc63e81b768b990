'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { plural } from '#app/_ui/format.ts';

/** Longer files are refused before they are read. */
const longestBytes = 1_000_000;

/** Takes a set from a file; lines that name nothing are told, the others are marked. */
export function ImportSet() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const send = useMutation(trpc.memory.importRecallSet.mutationOptions());
  const take = useMutation({
    mutationFn: async (file: File) => {
      if (file.size > longestBytes) throw new Error(`${file.name} is larger than 1 MB. Split it.`);
      return await send.mutateAsync({ projectId, text: await file.text() });
    },
    onError: sayFailure('Not imported'),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries(trpc.memory.recallSet.pathFilter()),
        queryClient.invalidateQueries(trpc.memory.measureRecall.pathFilter()),
      ]),
  });
  return (
    <div className="border-b border-line px-6 py-2 max-phone:px-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <input
          ref={picker}
          type="file"
          hidden
          aria-label="Recall set"
          accept=".csv,.json"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) take.mutate(file);
            target.value = '';
          }}
        />
        <Button size="sm" icon={<Upload size={14} />} busy={take.isPending} onClick={() => picker.current?.click()}>
          Import a set
        </Button>
        <span className="text-12 text-fg-3">
          CSV with the columns question, expected and relevant, or JSON. What is expected is named by its id, its
          source, or words that stand in it.
        </span>
      </div>
      {take.data && (
        <div role="status" className="pt-1 text-12">
          {plural(take.data.marked, 'mark')} added for {plural(take.data.questions, 'question')}
          {take.data.wrong.length > 0 && `, ${plural(take.data.wrong.length, 'line')} left out`}.
        </div>
      )}
      {take.data && take.data.wrong.length > 0 && (
        <ul aria-label="Lines left out" className="max-h-40 overflow-y-auto text-12 text-st-failed">
          {take.data.wrong.map(({ row, message }) => (
            <li key={`${row} ${message}`}>
              Line {row}: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
