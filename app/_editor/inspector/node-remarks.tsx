'use client';
import { CircleSlash, MessageSquareText, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { useSession, useUi } from '../session/context.ts';
import { toggleDisabled } from '../session/elements.ts';
import { useNode } from './node-context.ts';

/** What people know of the node beside its configuration: that it is disabled, and the comment on it. */
export function NodeRemarks() {
  return (
    <>
      <Disabled />
      <Comment />
    </>
  );
}

function Disabled() {
  const session = useSession();
  const { node } = useNode();
  if (!node.disabled) return null;
  return (
    <div className="flex flex-none items-center gap-2 border-t border-line bg-bg py-1.5 pr-2 pl-4 text-12 text-fg-2">
      <CircleSlash size={14} className="flex-none text-fg-3" aria-hidden="true" />
      <p className="min-w-0 flex-1">Disabled: runs pass over it and go on with what follows.</p>
      <Button size="sm" keys="D" onClick={() => toggleDisabled(session)}>
        Enable
      </Button>
    </div>
  );
}

function Comment() {
  const session = useSession();
  const { node } = useNode();
  const commenting = useUi((ui) => ui.commenting);
  const field = useRef<HTMLTextAreaElement>(null);
  const asked = commenting?.nodeId === node.id;
  useEffect(() => {
    if (commenting?.nodeId === node.id) field.current?.focus();
  }, [commenting, node.id]);
  if (node.comment === undefined && !asked) return null;
  const write = (comment: string) => session.document.dispatch({ kind: 'set-comment', nodeId: node.id, comment });
  const close = () => session.ui.setState({ commenting: null });
  return (
    <div className="flex flex-none items-start gap-2 border-t border-line py-1.5 pr-2 pl-4 text-12">
      <MessageSquareText size={14} className="mt-1 flex-none text-fg-3" aria-hidden="true" />
      <textarea
        ref={field}
        aria-label="Comment on the node"
        placeholder="What should people know about this node?"
        maxLength={10_000}
        rows={1}
        className="field-sizing-content max-h-40 min-h-6 min-w-0 flex-1 resize-none rounded-chip bg-transparent px-1 py-1 leading-4 outline-none placeholder:text-fg-3 hover:bg-hover focus:bg-hover focus-visible:shadow-[inset_0_0_0_1px_var(--accent)]"
        value={node.comment ?? ''}
        onChange={(event) => write(event.target.value)}
        onBlur={close}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {node.comment !== undefined && (
        <IconButton label="Remove the comment" size="sm" onClick={() => write('')}>
          <Trash2 size={13} />
        </IconButton>
      )}
    </div>
  );
}
