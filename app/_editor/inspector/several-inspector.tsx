'use client';
import { Copy, CopyPlus, Pencil, Trash2 } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import { plural } from '#app/_ui/format.ts';
import type { Selection } from '../document/command.ts';
import { copyToSystem } from '../keys/system-clipboard.ts';
import { removeSelection } from '../session/actions.ts';
import { duplicate } from '../session/clipboard.ts';
import { useSession } from '../session/context.ts';

/** Several things, or a note, are selected: what can be done with them together. */
export function SeveralInspector({ selection }: { selection: Selection }) {
  const session = useSession();
  const { nodes, notes } = selection;
  const [note] = notes;
  const what = [
    nodes.length > 0 ? plural(nodes.length, 'node') : null,
    notes.length > 0 ? plural(notes.length, 'note') : null,
  ]
    .filter((part) => part !== null)
    .join(' and ');
  return (
    <div className="grid grid-cols-1 gap-3 p-4">
      <h2 className="text-14 font-semibold">{what}</h2>
      <div className="flex flex-wrap gap-2">
        {note !== undefined && nodes.length === 0 && notes.length === 1 && (
          <Button size="sm" icon={<Pencil size={13} />} onClick={() => session.ui.setState({ editingNote: note })}>
            Edit
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
