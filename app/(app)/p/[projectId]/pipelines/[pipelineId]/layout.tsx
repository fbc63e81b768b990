import type { ReactNode } from 'react';
import { OpenEditor } from '#app/_editor/open-editor.tsx';

type Props = { params: Promise<{ projectId: string; pipelineId: string }>; children: ReactNode };

/** The editor stays open while what lies over it comes and goes with the address. */
export default async function PipelineLayout({ params, children }: Props) {
  return (
    <>
      <OpenEditor {...(await params)} />
      {children}
    </>
  );
}
