'use client';
import { ChevronDown, ChevronRight, FileText, Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { plural } from '#app/_ui/format.ts';
import type { Prompt } from '#nodes/core/graph.ts';
import { freeId } from '../../document/ids.ts';
import { usersOf } from '../../document/prompts.ts';
import { select } from '../../session/actions.ts';
import { useGraph, useSession, useUi } from '../../session/context.ts';
import { PromptEditor } from './prompt-editor.tsx';

const none: readonly Prompt[] = [];

/** The prompts of the pipeline: texts that several nodes may share. */
export function PromptsList() {
  const { document, ui } = useSession();
  const prompts = useGraph((graph) => graph.prompts) ?? none;
  const open = useUi((ui) => ui.prompt);
  const setOpen = (prompt: string | null) => ui.setState({ prompt });
  const add = () => {
    const id = freeId('prompt', new Set(prompts.map((prompt) => prompt.id)));
    document.dispatch({ kind: 'add-prompt', prompt: { id, title: 'New prompt', text: '', variables: [] } });
    setOpen(id);
  };
  return (
    <div className="grid grid-cols-1 gap-1.5">
      {prompts.length === 0 && (
        <p className="text-12 text-fg-3">A text that several nodes share, with variables that each of them fills in.</p>
      )}
      {prompts.map((prompt) => (
        <Row
          key={prompt.id}
          prompt={prompt}
          open={open === prompt.id}
          onToggle={() => setOpen(open === prompt.id ? null : prompt.id)}
        />
      ))}
      <Button size="sm" className="justify-self-start" icon={<Plus size={13} />} onClick={add}>
        Add a prompt
      </Button>
    </div>
  );
}

type RowProps = { prompt: Prompt; open: boolean; onToggle: () => void };

function Row({ prompt, open, onToggle }: RowProps) {
  const session = useSession();
  const nodes = useGraph((graph) => graph.nodes);
  const users = usersOf({ nodes }, prompt.id);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <div className="flex items-center gap-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex min-h-7 min-w-0 flex-1 items-center gap-1.5 rounded-control px-1 text-left hover:bg-hover max-phone:min-h-11"
        >
          <Chevron size={13} className="flex-none text-fg-3" aria-hidden="true" />
          <FileText size={13} className="flex-none text-fg-3" aria-hidden="true" />
          <span className="min-w-0 flex-1 truncate text-12">{prompt.title}</span>
        </button>
        {users.length > 0 ? (
          <Button size="sm" variant="link" onClick={() => select(session, { nodes: users })}>
            {plural(users.length, 'node')}
          </Button>
        ) : (
          <IconButton
            size="sm"
            label={`Delete ${prompt.title}, which no node uses`}
            onClick={() => session.document.dispatch({ kind: 'remove-prompt', promptId: prompt.id })}
          >
            <Trash2 size={13} />
          </IconButton>
        )}
      </div>
      {open && <PromptEditor prompt={prompt} />}
    </div>
  );
}
