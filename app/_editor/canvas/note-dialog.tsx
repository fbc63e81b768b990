'use client';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Textarea } from '#app/_ui/input.tsx';
import { useGraph, useSession, useUi } from '../session/context.ts';

/** The text of a note. An empty note that stays empty is removed. */
export function NoteDialog() {
  const noteId = useUi((ui) => ui.editingNote);
  const text = useGraph((graph) => graph.notes.find(({ id }) => id === noteId)?.text);
  if (noteId === null || text === undefined) return null;
  return <EditNote key={noteId} noteId={noteId} before={text} />;
}

function EditNote({ noteId, before }: { noteId: string; before: string }) {
  const session = useSession();
  const [text, setText] = useState(before);
  const close = () => {
    const selection = { nodes: [], edges: [], notes: [noteId] };
    if (text.trim() === '') session.document.dispatch({ kind: 'remove', selection });
    else if (text !== before) session.document.dispatch({ kind: 'set-note', noteId, text });
    session.ui.setState({ editingNote: null });
  };
  return (
    <Dialog
      open
      onClose={close}
      title="Note"
      footer={
        <Button variant="primary" onClick={close}>
          Done
        </Button>
      }
    >
      <Textarea
        autoFocus
        aria-label="Text of the note"
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </Dialog>
  );
}
