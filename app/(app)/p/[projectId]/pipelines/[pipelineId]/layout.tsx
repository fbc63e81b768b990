import type { ReactNode } from 'react';
import { EditorPage } from '#app/_editor/editor-page.tsx';

type Props = { params: Promise<{ projectId: string; pipelineId: string }>; children: ReactNode };

/** The editor stays open while what lies over it comes and goes with the address. */
export default async function PipelineLayout({ params, children }: Props) {
  return (
    <>
      <EditorPage {...(await params)} />
      {children}
    </>
  );
}
