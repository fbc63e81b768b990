'use client';
import { useMutation } from '@tanstack/react-query';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPCClient } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { sayDone } from '#app/_ui/toaster.tsx';

/** What is exported: the draft, unless a version or a kept state of the draft is named. */
type Wanted = { pipelineId: string; version?: number; saveId?: string };

/** Exports a pipeline to a file that the browser downloads. No secrets are in it. */
export function useExport() {
  const client = useTRPCClient();
  const projectId = useProjectId();
  return useMutation({
    mutationFn: (wanted: Wanted) => client.templates.export.query({ projectId, ...wanted }),
    onSuccess: ({ fileName, document }) => {
      download(fileName, JSON.stringify(document, null, 2));
      sayDone('Exported', `${fileName}. No secrets, files or runs are in it.`);
    },
    onError: sayFailure('Not exported'),
  });
}

function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = window.document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
