import type { Metadata } from 'next';
import { EditorPage } from '#app/_editor/editor-page.tsx';

export const metadata: Metadata = { title: 'Pipeline' };

type Props = { params: Promise<{ projectId: string; pipelineId: string }> };

export default async function PipelineRoute({ params }: Props) {
  return <EditorPage {...(await params)} />;
}
