'use client';
import { CircleCheck, CircleX, Info, TriangleAlert, Wrench } from 'lucide-react';
import { definitions } from '#app/_canvas/definitions.ts';
import { Button } from '#app/_ui/button.tsx';
import type { Diagnostic, Severity } from '#nodes/core/diagnostics.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { titleOf } from '../compile/problems.ts';
import { applyFix, reveal, select } from '../session/actions.ts';
import { useGraph, useProblems, useSession } from '../session/context.ts';

const icons: Record<Severity, { icon: typeof Info; hue: string; word: string }> = {
  error: { icon: CircleX, hue: 'text-st-failed', word: 'Error' },
  warning: { icon: TriangleAlert, hue: 'text-st-waiting', word: 'Warning' },
  info: { icon: Info, hue: 'text-fg-3', word: 'Notice' },
};

/** What the compiler found: a click shows the place, a fix mends it as one edit. */
export function ProblemsPanel() {
  const diagnostics = useProblems((problems) => problems.diagnostics);
  const failure = useProblems((problems) => problems.failure);
  if (failure)
    return <p className="px-4 py-3 text-st-failed">The compiler did not answer: {failure}. Reload the page.</p>;
  if (diagnostics.length === 0)
    return (
      <p className="flex items-center gap-2 px-4 py-3 text-fg-2">
        <CircleCheck size={14} className="text-st-done" aria-hidden="true" />
        Nothing stands in the way of running this pipeline.
      </p>
    );
  return (
    <ul aria-label="Problems">
      {diagnostics.map((diagnostic) => (
        <Problem key={keyOf(diagnostic)} diagnostic={diagnostic} />
      ))}
    </ul>
  );
}

function Problem({ diagnostic }: { diagnostic: Diagnostic }) {
  const session = useSession();
  const { severity, message, nodeId, edgeId, field, fix } = diagnostic;
  const place = useGraph((graph) => placeOf(graph, nodeId));
  const { icon: Icon, hue, word } = icons[severity];
  const show = () => {
    if (edgeId !== undefined) select(session, { edges: [edgeId] });
    else if (nodeId !== undefined) reveal(session, nodeId, field);
    session.ui.setState({ sheet: nodeId === undefined ? null : 'inspector' });
  };
  return (
    <li className="flex min-h-7 items-center gap-2 pr-3 hover:bg-hover" data-problem={diagnostic.code}>
      <button
        type="button"
        className="focus-inset grid min-w-0 flex-1 grid-cols-[16px_160px_minmax(0,1fr)] items-center gap-2 py-1 pl-4 text-left max-phone:grid-cols-[16px_minmax(0,1fr)]"
        title={titleOf(diagnostic)}
        onClick={show}
      >
        <Icon size={14} className={hue} aria-label={word} />
        <span className="truncate font-medium max-phone:hidden">{place || 'The pipeline'}</span>
        <span className="text-fg-2">{message}</span>
      </button>
      {fix && (
        <Button size="sm" icon={<Wrench size={12} />} onClick={() => applyFix(session, fix.change)}>
          {fix.title}
        </Button>
      )}
    </li>
  );
}

/** What the card is called that the finding stands on. */
function placeOf(graph: Graph, nodeId: string | undefined): string {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  return node?.title || definitions.get(node?.type ?? '')?.title || nodeId || '';
}

function keyOf({ code, nodeId, edgeId, field, message }: Diagnostic): string {
  return [code, nodeId, edgeId, field, message].join(' ');
}
