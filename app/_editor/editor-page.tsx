'use client';
import dynamic from 'next/dynamic';

const OpenEditor = dynamic(() => import('./open-editor.tsx'), { ssr: false });

/** The editor's page: everything in it is drawn in the browser. */
export function EditorPage(ids: { projectId: string; pipelineId: string }) {
  return <OpenEditor {...ids} />;
}
