'use client';
import { CircleSlash, Copy, CopyPlus, Group, Pencil, Trash2, Wand } from 'lucide-react';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { plural } from '#app/_ui/format.ts';
import type { Selection } from '../document/command.ts';
import { withCommand } from '../keys/platform.ts';
import { copyToSystem } from '../keys/system-clipboard.ts';
import { type Alignment, alignments, neededFor } from '../layout/align.ts';
import { alignmentIcons } from '../layout/alignment-icons.ts';
import { removeSelection } from '../session/actions.ts';
import { duplicate } from '../session/clipboard.ts';
import { useGraph, useSession } from '../session/context.ts';
import {
  align,
  alignable,
  allDisabled,
  groupSelection,
  rename,
  selectedMembers,
  toggleDisabled,
} from '../session/elements.ts';
import { tidy } from '../session/tidy.ts';

/** Several things, or a note, are selected: what can be done with them together. */
export function SeveralInspector({ selection }: { selection: Selection }) {
  const session = useSession();
  useGraph((graph) => graph.nodes);
  const { nodes, notes, groups = [] } = selection;
  const members = selectedMembers(session).nodes.length;
  const what = [plural(nodes.length, 'node'), plural(notes.length, 'note'), plural(groups.length, 'group')]
    .filter((part) => !part.startsWith('0 '))
    .join(', ');
  return (
    <div className="grid grid-cols-1 gap-3 p-4">
      <h2 className="text-14 font-semibold">{what}</h2>
      {alignable(session) > 1 && <Alignments count={alignable(session)} />}
      <div className="flex flex-wrap gap-2">
        {notes.length === 1 && nodes.length + groups.length === 0 && (
          <Button size="sm" icon={<Pencil size={13} />} keys="F2" onClick={() => rename(session)}>
            Edit
          </Button>
        )}
        {nodes.length + notes.length > 1 && (
          <Button size="sm" icon={<Group size={13} />} keys={withCommand('G')} onClick={() => groupSelection(session)}>
            Group
          </Button>
        )}
        {members > 1 && (
          <Button size="sm" icon={<Wand size={13} />} keys="⇧L" onClick={() => void tidy(session)}>
            Tidy
          </Button>
        )}
        {members > 0 && (
          <Button size="sm" icon={<CircleSlash size={13} />} keys="D" onClick={() => toggleDisabled(session)}>
            {allDisabled(session) ? 'Enable' : 'Disable'}
          </Button>
        )}
        <Button size="sm" icon={<CopyPlus size={13} />} onClick={() => duplicate(session)}>
          Duplicate
        </Button>
        <Button size="sm" icon={<Copy size={13} />} onClick={() => void copyToSystem(session, 'copy')}>
          Copy
        </Button>
        <Button size="sm" variant="danger" icon={<Trash2 size={13} />} onClick={() => removeSelection(session)}>
          Delete
        </Button>
      </div>
    </div>
  );
}

function Alignments({ count }: { count: number }) {
  const session = useSession();
  return (
    <div className="flex flex-wrap gap-0.5" role="toolbar" aria-label="Align and distribute">
      {(Object.keys(alignments) as Alignment[]).map((how) => {
        const Icon = alignmentIcons[how];
        return (
          <IconButton
            key={how}
            label={alignments[how]}
            size="sm"
            disabled={count < neededFor(how)}
            onClick={() => align(session, how)}
          >
            <Icon size={15} />
          </IconButton>
        );
      })}
    </div>
  );
}
