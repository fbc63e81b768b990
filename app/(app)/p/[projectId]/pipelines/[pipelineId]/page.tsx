import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'Pipeline' };

/** The layout draws the editor; nothing lies over it. */
export default function PipelineRoute() {
  return null;
}
