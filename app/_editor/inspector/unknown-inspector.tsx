'use client';
import { Trash2 } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import type { GraphNode } from '#nodes/core/graph.ts';
import { removeSelection } from '../session/actions.ts';
import { useSession } from '../session/context.ts';

/** A node whose type this software does not have: it is shown and kept as it is. */
export function UnknownInspector({ node }: { node: GraphNode }) {
  const session = useSession();
  return (
    <div className="grid grid-cols-1 gap-3 overflow-y-auto p-4">
      <h2 className="text-14 font-semibold">{node.title ?? node.id}</h2>
      <p className="text-12 text-fg-2">
        There is no node type {node.type} here. Update Solograph, or put another node in its place. What it holds is
        kept:
      </p>
      <pre className="overflow-x-auto rounded-control bg-sunken p-2 font-mono text-11">
        {JSON.stringify({ config: node.config, inputs: node.inputs }, null, 2)}
      </pre>
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
