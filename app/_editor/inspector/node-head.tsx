'use client';
import { CircleSlash, Copy, CopyPlus, Ellipsis, Link, MessageSquareText, Pin, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '#app/_ui/button.tsx';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { StatusText } from '#app/_ui/status-icon.tsx';
import { idSchema } from '#nodes/core/graph.ts';
import { copyToSystem } from '../keys/system-clipboard.ts';
import { togglePin } from '../pins/toggle-pin.ts';
import { usePin } from '../pins/use-pin.ts';
import { copyLink } from '../running/parts.ts';
import { RunButtons } from '../running/run-buttons.tsx';
import { removeSelection } from '../session/actions.ts';
import { duplicate } from '../session/clipboard.ts';
import { useGraph, useSession } from '../session/context.ts';
import { openComment, toggleDisabled } from '../session/elements.ts';
import { useLiveCard } from '../session/use-live-card.ts';
import { useTypedText } from './fields/typed-input.tsx';
import { useNode } from './node-context.ts';

/** Kinds whose output can stand in for them. */
const pinnable: readonly string[] = ['task', 'gate', 'branch', 'call'];

/** Who the node is: its title and id, which can be changed here, and how it goes. */
export function NodeHead() {
  const session = useSession();
  const { node, declaration } = useNode();
  const live = useLiveCard(node.id);
  const pin = usePin(node.id);
  return (
    <header className="flex min-h-13 flex-none items-center gap-2 py-1.5 pr-2 pl-4">
      <CategoryTile category={declaration.category} icon={declaration.icon} />
      <div className="min-w-0 flex-1">
        <Title />
        <div className="flex min-w-0 items-center gap-1 font-mono text-11 text-fg-3">
          {live ? (
            <StatusText status={live.status} className="flex-none font-sans" size={12} />
          ) : (
            <span className="truncate" title={`${declaration.title}: ${node.type}, version ${node.version}`}>
              {node.type}
            </span>
          )}
          <span aria-hidden="true">·</span>
          <NodeId />
        </div>
      </div>
      <RunButtons node={node} />
      <Menu
        trigger={
          <IconButton label="More" size="sm">
            <Ellipsis size={16} />
          </IconButton>
        }
      >
        <MenuItem icon={<CopyPlus size={14} />} onSelect={() => duplicate(session)}>
          Duplicate
        </MenuItem>
        {pinnable.includes(declaration.kind) && (
          <MenuItem icon={<Pin size={14} />} keys="P" onSelect={() => void togglePin(session)}>
            {pin === undefined ? 'Pin the last output' : 'Unpin'}
          </MenuItem>
        )}
        {pinnable.includes(declaration.kind) && (
          <MenuItem
            icon={<Pin size={14} />}
            onSelect={() => session.ui.setState({ dialog: { kind: 'pin', nodeId: node.id } })}
          >
            {pin === undefined ? 'Pin an output …' : 'Edit the pin …'}
          </MenuItem>
        )}
        <MenuItem icon={<MessageSquareText size={14} />} onSelect={() => openComment(session, node.id)}>
          {node.comment === undefined ? 'Comment' : 'Edit the comment'}
        </MenuItem>
        <MenuItem icon={<CircleSlash size={14} />} keys="D" onSelect={() => toggleDisabled(session)}>
          {node.disabled ? 'Enable' : 'Disable'}
        </MenuItem>
        <MenuItem icon={<Link size={14} />} onSelect={() => void copyLink(session, node.id)}>
          Copy link
        </MenuItem>
        <MenuItem icon={<Copy size={14} />} onSelect={() => void copyToSystem(session, 'copy')}>
          Copy
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 size={14} />} danger onSelect={() => removeSelection(session)}>
          Delete
        </MenuItem>
      </Menu>
      <IconButton
        label="Close the inspector"
        size="sm"
        className="hidden max-phone:inline-flex"
        onClick={() => session.ui.setState({ sheet: null })}
      >
        <X size={16} />
      </IconButton>
    </header>
  );
}

const bare =
  'w-full min-w-0 rounded-chip bg-transparent outline-none hover:bg-hover focus:bg-hover focus-visible:shadow-[inset_0_0_0_1px_var(--accent)]';

function Title() {
  const session = useSession();
  const { node, declaration } = useNode();
  const typed = useTypedText(node.title ?? '', (title) =>
    session.document.dispatch({ kind: 'set-title', nodeId: node.id, title }),
  );
  return (
    <input
      aria-label="Title of the node"
      className={`${bare} -ml-1 block h-6 truncate px-1 text-14 font-semibold placeholder:text-fg max-phone:h-8 max-phone:text-16`}
      placeholder={declaration.title}
      maxLength={200}
      {...typed}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

/** The name that expressions use. Changed on Enter or on leaving; references follow. */
function NodeId() {
  const session = useSession();
  const { node } = useNode();
  const ids = useGraph((graph) => graph.nodes);
  const [draft, setDraft] = useState<string | null>(null);
  const problem = draft === null || draft === node.id ? null : problemOf(draft, ids);
  const settle = () => {
    if (draft !== null && draft !== node.id && problem === null) {
      session.document.dispatch({ kind: 'rename-node', from: node.id, to: draft });
      session.ui.setState({ selection: { nodes: [draft], edges: [], notes: [] } });
    }
    setDraft(null);
  };
  return (
    <input
      aria-label="Id of the node, as expressions name it"
      aria-invalid={problem !== null || undefined}
      title={problem ?? `The name that expressions use: nodes.${node.id}`}
      className={`${bare} field-sizing-content min-h-6 w-auto max-w-full px-0.5 ${problem ? 'text-st-failed' : ''}`}
      value={draft ?? node.id}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}

function problemOf(id: string, nodes: readonly { id: string }[]): string | null {
  const read = idSchema.safeParse(id);
  if (!read.success) return read.error.issues[0]?.message ?? 'This is no id.';
  return nodes.some((node) => node.id === id) ? `Another node has the id "${id}".` : null;
}
