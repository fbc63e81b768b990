'use client';
import { Copy, CopyPlus, Trash2, Ungroup } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { plural } from '#app/_ui/format.ts';
import { Input } from '#app/_ui/input.tsx';
import { nameOf } from '../find/search-graph.ts';
import { withCommand } from '../keys/platform.ts';
import { copyToSystem } from '../keys/system-clipboard.ts';
import { select } from '../session/actions.ts';
import { duplicate } from '../session/clipboard.ts';
import { useGraph, useSession } from '../session/context.ts';
import { removeWithMembers, ungroupSelection } from '../session/elements.ts';

/** One group: its title, what is in it, and what can be done with all of it. */
export function GroupInspector({ groupId }: { groupId: string }) {
  const session = useSession();
  const group = useGraph((graph) => graph.groups?.find(({ id }) => id === groupId));
  const nodes = useGraph((graph) => graph.nodes);
  if (!group) return null;
  const members = nodes.filter(({ id }) => group.nodes.includes(id));
  const what = [
    plural(group.nodes.length, 'node'),
    ...(group.notes.length > 0 ? [plural(group.notes.length, 'note')] : []),
  ].join(' and ');
  return (
    <div className="grid min-h-0 grid-cols-1 content-start gap-3 overflow-y-auto p-4">
      <h2 className="text-14 font-semibold">
        Group <span className="text-12 font-normal text-fg-3">{what}</span>
      </h2>
      <Field label="Title">
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            placeholder="Group"
            value={group.title}
            onChange={(event) =>
              session.document.dispatch({ kind: 'set-group-title', groupId, title: event.target.value })
            }
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          icon={<Ungroup size={13} />}
          keys={withCommand('⇧G')}
          onClick={() => ungroupSelection(session)}
        >
          Ungroup
        </Button>
        <Button size="sm" icon={<CopyPlus size={13} />} onClick={() => duplicate(session)}>
          Duplicate
        </Button>
        <Button size="sm" icon={<Copy size={13} />} onClick={() => void copyToSystem(session, 'copy')}>
          Copy
        </Button>
        <Button size="sm" variant="danger" icon={<Trash2 size={13} />} onClick={() => removeWithMembers(session)}>
          Delete with what is in it
        </Button>
      </div>
      <ul className="grid">
        {members.map((node) => (
          <li key={node.id}>
            <Button
              variant="link"
              className="max-w-full justify-start truncate"
              onClick={() => select(session, { nodes: [node.id] })}
            >
              {nameOf(node)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
