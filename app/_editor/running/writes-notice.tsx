'use client';
import { TriangleAlert } from 'lucide-react';
import { useGraph } from '../session/context.ts';
import { titleIn } from './parts.ts';

/** Says before a run what of it cannot be taken back. Nothing where all of it can. */
export function WritesNotice({ nodes, asks = [] }: { nodes: readonly string[]; asks?: readonly string[] }) {
  const graph = useGraph((whole) => whole);
  if (nodes.length === 0) return null;
  const named = nodes.map((id) => titleIn(graph, id)).join(', ');
  const gates = asks.map((id) => titleIn(graph, id)).join(', ');
  return (
    <p role="note" className="flex gap-2 rounded-control bg-st-waiting-soft px-3 py-2 text-12">
      <TriangleAlert size={14} className="mt-0.5 flex-none text-st-waiting" aria-hidden="true" />
      <span>
        <b className="font-medium">This acts for real: {named}.</b> It cannot be taken back.
        {gates !== '' && ` ${gates} is asked again before that.`}
      </span>
    </p>
  );
}
