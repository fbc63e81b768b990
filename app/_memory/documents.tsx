'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileText, RefreshCw, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { uploadFile } from '#app/_api/upload-file.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { plural } from '#app/_ui/format.ts';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { Moment } from '#app/_ui/time.tsx';
import type { DocumentRow } from '#server/documents/list-documents.ts';
import { DocumentCare } from './documents-tier/document-care.tsx';
import { lastChangeText } from './documents-tier/last-change.ts';
import { SourceButton } from './documents-tier/source-button.tsx';

type Refused = { name: string; message: string };

/** Documents that memory was given, and what is wrong with those that cannot be read. */
export function Documents() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<Refused[]>([]);
  const documents = useQuery(trpc.memory.documents.queryOptions({ projectId, limit: 200 }, { refetchInterval: 3_000 }));
  const take = useMutation(trpc.memory.importDocuments.mutationOptions());
  const again = useMutation(trpc.memory.refreshDocument.mutationOptions({ onError: sayFailure('Not read again') }));
  const add = useMutation({
    // One after the other, so that one that is refused stops none of the others.
    mutationFn: async (files: File[]) => {
      const wrong: Refused[] = [];
      for (const file of files) {
        try {
          const { id } = await uploadFile(projectId, file);
          const [answer] = await take.mutateAsync({ projectId, fileIds: [id] });
          if (answer && !answer.ok) wrong.push({ name: file.name, message: answer.error.message });
        } catch (error) {
          wrong.push({ name: file.name, message: (error as Error).message });
        }
      }
      return wrong;
    },
    onSuccess: setRefused,
    onSettled: () => queryClient.invalidateQueries(trpc.memory.pathFilter()),
  });
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-6 py-2 max-phone:px-4">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Documents"
          accept=".txt,.md,.markdown,.html,.htm,.pdf,.csv,.tsv"
          onChange={({ target }) => {
            add.mutate([...(target.files ?? [])]);
            target.value = '';
          }}
        />
        <Button size="sm" icon={<Upload size={14} />} busy={add.isPending} onClick={() => picker.current?.click()}>
          Import documents
        </Button>
        <SourceButton />
        <span className="text-12 text-fg-3">Text, Markdown, HTML, PDF and CSV, up to 25 MB each.</span>
      </div>
      {refused.length > 0 && (
        <ul aria-label="Not imported" className="px-6 pb-2 text-12 text-st-failed max-phone:px-4">
          {refused.map(({ name, message }) => (
            <li key={name}>{message.includes(name) ? message : `${name}: ${message}`}</li>
          ))}
        </ul>
      )}
      {documents.isError && !documents.data && (
        <QueryFailure error={documents.error} onRetry={() => documents.refetch()} />
      )}
      {documents.isPending && <SkeletonRows rows={4} rowClass="h-12" />}
      {documents.data?.items.length === 0 && (
        <EmptyState icon={FileText} title="No documents yet">
          What you import is cut into passages that Recall steps find, with the place where each stands.
        </EmptyState>
      )}
      <ul aria-label="Documents">
        {documents.data?.items.map((row) => (
          <Row key={row.id} row={row} onAgain={() => again.mutate({ projectId, id: row.id })} />
        ))}
      </ul>
    </>
  );
}

const tones = { waiting: 'warn', read: 'good', failed: 'bad' } as const;

function Row({ row, onAgain }: { row: DocumentRow; onAgain: () => void }) {
  const changed = lastChangeText(row);
  return (
    <li className="flex items-start gap-3 border-b border-line px-6 py-2 max-phone:flex-wrap max-phone:gap-y-1 max-phone:px-4">
      <div className="min-w-0 flex-1 max-phone:basis-full">
        <p className="flex flex-wrap items-center gap-x-2">
          <b className="font-medium break-all">{row.name}</b>
          <Badge tone={tones[row.status]}>{row.status}</Badge>
          <span className="text-12 text-fg-3">
            {row.format && `${row.format} · `}
            {plural(row.passages, 'passage')}
            {row.refreshHours !== null && ` · looked at every ${row.refreshHours} h`}
            {changed && ` · ${changed}`}
          </span>
          <Moment at={row.checkedAt ?? row.createdAt} className="text-12 text-fg-3" />
        </p>
        {row.alsoNamed.length > 0 && <p className="text-12 text-fg-3">the same as {row.alsoNamed.join(', ')}</p>}
        {row.failure && <p className="text-12 text-st-failed">{row.failure.message}</p>}
      </div>
      <Button size="sm" icon={<RefreshCw size={14} />} onClick={onAgain}>
        Read again
      </Button>
      <DocumentCare row={row} />
    </li>
  );
}
