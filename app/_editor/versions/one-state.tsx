'use client';
import { GitCompareArrows, Lock } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { Button } from '#app/_ui/button.tsx';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { plural } from '#app/_ui/format.ts';
import { Moment } from '#app/_ui/time.tsx';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { useSession } from '../session/context.ts';
import { titleOf } from './compare/changes.ts';
import { DiffCanvas } from './compare/diff-canvas.tsx';
import { fieldName, valueText } from './compare/fields.ts';
import { useHistoryEntries } from './history/use-history-entries.ts';
import { historyAddress, writeRef } from './refs.ts';
import { RestoreButton } from './state-bar.tsx';
import type { LoadedState } from './use-states.ts';

type State = LoadedState & { graph: Graph };

/** One state of the pipeline, to be read: nothing in it can be changed. */
export function OneState({ state }: { state: State }) {
  const session = useSession();
  const { graph, label, ref } = state;
  const [nodeId, setNodeId] = useState<string | null>(null);
  const merged = useMemo(() => ({ graph, marks: new Map(), edgeMarks: new Map() }), [graph]);
  const selected = useMemo(() => (nodeId === null ? null : { place: [nodeId] }), [nodeId]);
  const draft = { kind: 'draft' } as const;
  return (
    <>
      <div className="sg-history-canvas relative min-h-0">
        <DiffCanvas merged={merged} selected={selected} onSelect={setNodeId}>
          <span className="absolute top-3 left-3 z-10 flex items-center gap-1 text-11 text-fg-3">
            <Lock size={12} aria-hidden="true" />
            {label}, to look at
          </span>
        </DiffCanvas>
      </div>
      <aside aria-label={`What ${label} holds`} className="sg-history-changes flex min-h-0 flex-col bg-panel">
        <div className="flex min-h-11 flex-none flex-wrap items-center gap-1.5 border-b border-line px-4 py-2">
          <h3 className="min-w-0 flex-1 truncate text-14 font-semibold">
            {ref.kind === 'version' ? label : label[0]?.toUpperCase() + label.slice(1)}
          </h3>
          {ref.kind !== 'draft' && (
            <Button asChild size="sm" variant="ghost">
              <Link href={historyAddress(session, { kind: 'two', from: ref, to: draft })} replace>
                <GitCompareArrows size={13} aria-hidden="true" />
                With the draft
              </Link>
            </Button>
          )}
          <RestoreButton state={state} />
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto py-1">
          <Facts state={state} />
          <ol aria-label="Nodes">
            {graph.nodes.toSorted(byPlace).map((node) => (
              <NodeRow
                key={node.id}
                node={node}
                open={node.id === nodeId}
                onToggle={() => setNodeId(node.id === nodeId ? null : node.id)}
              />
            ))}
          </ol>
        </div>
      </aside>
    </>
  );
}

/** Who made it, when and why, and how large it is. */
function Facts({ state: { ref, graph } }: { state: State }) {
  const { entries } = useHistoryEntries();
  const entry = entries.find((each) => writeRef(each.ref) === writeRef(ref));
  return (
    <div className="border-b border-line px-4 pt-1 pb-2 text-12 text-fg-3">
      {entry && entry.why !== '' && <p className="text-fg-2">{entry.why}</p>}
      {entry && (
        <p>
          {entry.by}, <Moment at={entry.at} />
        </p>
      )}
      <p>
        {plural(graph.nodes.length, 'node')}, {plural(graph.edges.length, 'edge')}
      </p>
    </div>
  );
}

const byPlace = (a: GraphNode, b: GraphNode) => a.position.x - b.position.x || a.position.y - b.position.y;

function NodeRow({ node, open, onToggle }: { node: GraphNode; open: boolean; onToggle: () => void }) {
  const declaration = definitions.get(node.type);
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        className="focus-inset flex min-h-8 w-full min-w-0 items-center gap-2 px-4 text-left hover:bg-hover max-phone:min-h-11"
        onClick={onToggle}
      >
        {declaration && <CategoryTile category={declaration.category} icon={declaration.icon} size="s" />}
        <span className="truncate font-medium">{titleOf(node)}</span>
        <span className="ml-auto flex-none font-mono text-11 text-fg-3">{node.id}</span>
      </button>
      {open && (
        <dl className="grid grid-cols-1 gap-2.5 px-4 pt-1 pb-3">
          {partsOf(node).map(([path, value]) => (
            <div key={path}>
              <dt className="text-12 font-medium">{fieldName(path, declaration).title}</dt>
              <dd className="mt-0.5 max-h-60 overflow-auto rounded-control bg-sunken px-2 py-1 text-12 whitespace-pre-wrap">
                {valueText(value) || 'empty'}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** What was given to a node, each with its path; what is left out holds by itself. */
function partsOf(node: GraphNode): [string, Json | undefined][] {
  const { config, inputs, retry, timeoutMs, onFailure, comment } = node;
  const parts: [string, Json | undefined][] = [
    ...Object.entries(inputs).map(([name, binding]): [string, Json] => [`inputs.${name}`, binding]),
    ...Object.entries(config).map(([name, value]): [string, Json] => [`config.${name}`, value]),
    ['retry', retry as Json | undefined],
    ['timeoutMs', timeoutMs],
    ['onFailure', onFailure],
    ['comment', comment],
  ];
  return parts.filter(([, value]) => value !== undefined);
}
