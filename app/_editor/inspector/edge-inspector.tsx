'use client';
import { ArrowRight, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { applyFix, removeSelection, select } from '../session/actions.ts';
import { useGraph, useProblems, useSession } from '../session/context.ts';

/** One edge: from which outcome of what, to what. */
export function EdgeInspector({ edgeId }: { edgeId: string }) {
  const session = useSession();
  const edge = useGraph((graph) => graph.edges.find(({ id }) => id === edgeId));
  const nodes = useGraph((graph) => graph.nodes);
  const diagnostics = useProblems((problems) => problems.diagnostics);
  const own = useMemo(() => diagnostics.filter((diagnostic) => diagnostic.edgeId === edgeId), [diagnostics, edgeId]);
  if (!edge) return null;
  const titleOf = (id: string) => nodes.find((node) => node.id === id)?.title ?? id;
  return (
    <div className="grid grid-cols-1 gap-3 p-4">
      <h2 className="flex flex-wrap items-center gap-1.5 text-14 font-semibold">
        <Button variant="link" onClick={() => select(session, { nodes: [edge.from] })}>
          {titleOf(edge.from)}
        </Button>
        <span className="text-12 font-normal text-fg-2">{edge.outcome}</span>
        <ArrowRight size={14} className="text-fg-3" aria-label="to" />
        <Button variant="link" onClick={() => select(session, { nodes: [edge.to] })}>
          {titleOf(edge.to)}
        </Button>
      </h2>
      {own.map(({ message, fix }) => (
        <p key={message} className="text-12 text-st-failed">
          {message}{' '}
          {fix && (
            <Button size="sm" variant="link" onClick={() => applyFix(session, fix.change)}>
              {fix.title}
            </Button>
          )}
        </p>
      ))}
      <Button
        size="sm"
        variant="danger"
        className="justify-self-start"
        icon={<Trash2 size={13} />}
        onClick={() => removeSelection(session)}
      >
        Delete
      </Button>
    </div>
  );
}
