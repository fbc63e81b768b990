'use client';
import { Command } from 'cmdk';
import {
  History,
  ListEnd,
  ListTodo,
  Maximize,
  Play,
  Redo2,
  Rocket,
  Search,
  StepForward,
  StickyNote,
  Undo2,
  Wand,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { usePalette } from '#app/_shell/palette/palette-context.tsx';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { runFromSelected, runSelected, runUntilSelected } from '../running/parts.ts';
import { addNote, redo, reveal, tidy, undo } from '../session/actions.ts';
import { useGraph, useSession } from '../session/context.ts';
import { travelThrough } from '../travel/travel.ts';
import { nodeFinds } from './finds.ts';

const item =
  'flex h-8 cursor-default items-center gap-2 rounded-control px-2 data-[selected=true]:bg-hover max-phone:h-11';
const heading =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-3';

/** Finds a node by anything that stands in it, and every action of the editor by its name. */
export function EditorPalette({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const graph = useGraph((whole) => whole);
  const everywhere = usePalette();
  const act = (what: () => void) => () => {
    onClose();
    what();
  };
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      label="Find"
      overlayClassName="fade-in fixed inset-0 z-40 bg-[rgb(10_11_14/.45)]"
      contentClassName="fade-in fixed top-[14vh] left-1/2 z-50 w-[min(560px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-float border border-line-strong bg-raised shadow-modal"
    >
      <Command.Input
        placeholder="Find a node by what stands in it, or an action"
        className="h-11 w-full border-b border-line bg-transparent px-4 text-14 outline-none placeholder:text-fg-3 focus-visible:shadow-none"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1">
        <Command.Empty className="p-4 text-fg-3">Nothing here is called that.</Command.Empty>
        <Command.Group heading="Nodes" className={heading}>
          {nodeFinds(graph).map(({ id, title, typeTitle, words }) => (
            <Command.Item
              key={id}
              value={`${title} ${id}`}
              keywords={[typeTitle, words]}
              className={item}
              onSelect={act(() => reveal(session, id))}
            >
              <Tile type={graph.nodes.find((node) => node.id === id)?.type ?? ''} />
              <span className="truncate">{title}</span>
              <span className="text-12 text-fg-3">{typeTitle}</span>
            </Command.Item>
          ))}
        </Command.Group>
        <Actions onAct={act} onEverywhere={everywhere.open} />
      </Command.List>
    </Command.Dialog>
  );
}

function Tile({ type }: { type: string }) {
  const declaration = definitions.get(type);
  return <CategoryTile category={declaration?.category ?? 'flow'} icon={declaration?.icon ?? 'box'} size="s" />;
}

type ActionsProps = { onAct: (what: () => void) => () => void; onEverywhere: () => void };

function Actions({ onAct, onEverywhere }: ActionsProps) {
  const session = useSession();
  const router = useRouter();
  const { ui } = session;
  const actions: [string, ReactNode, () => void][] = [
    ['Run the draft', <Play key="run" size={15} />, () => ui.setState({ dialog: { kind: 'run', source: 'draft' } })],
    ['Run the selected node', <Play key="one" size={15} />, () => runSelected(session)],
    ['Run until the selected node', <ListEnd key="until" size={15} />, () => runUntilSelected(session)],
    ['Run from the selected node', <StepForward key="from" size={15} />, () => runFromSelected(session)],
    ['Step through the finished run', <History key="travel" size={15} />, () => travelThrough(session)],
    ['Publish', <Rocket key="publish" size={15} />, () => ui.setState({ dialog: { kind: 'publish' } })],
    ['Undo', <Undo2 key="undo" size={15} />, () => undo(session)],
    ['Redo', <Redo2 key="redo" size={15} />, () => redo(session)],
    ['Tidy', <Wand key="tidy" size={15} />, () => tidy(session)],
    ['Fit', <Maximize key="fit" size={15} />, () => session.view?.fit()],
    ['Add a note', <StickyNote key="note" size={15} />, () => addNote(session)],
    [
      'Show the problems',
      <ListTodo key="problems" size={15} />,
      () => ui.setState({ dock: 'problems', dockOpen: true }),
    ],
    ['All pipelines', <Search key="pipelines" size={15} />, () => router.push(`/p/${session.projectId}/pipelines`)],
    ['Search everywhere', <Search key="everywhere" size={15} />, onEverywhere],
  ];
  return (
    <Command.Group heading="Do" className={heading}>
      {actions.map(([title, icon, what]) => (
        <Command.Item key={title} value={title} className={item} onSelect={onAct(what)}>
          <span className="w-5 text-fg-3">{icon}</span>
          {title}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
