import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { askAheadScript } from '#app/_api/asked-ahead.ts';
import { OpenEditor } from '#app/_editor/open-editor.tsx';

type Props = { params: Promise<{ projectId: string; pipelineId: string }>; children: ReactNode };

/** The editor stays open while what lies over it comes and goes with the address. */
export default async function PipelineLayout({ params, children }: Props) {
  const { projectId, pipelineId } = await params;
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const script = askAheadScript('pipelines.get', { projectId, pipelineId });
  return (
    <>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own script; what it holds of the address is encoded */}
      <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />
      <OpenEditor projectId={projectId} pipelineId={pipelineId} />
      {children}
    </>
  );
}
