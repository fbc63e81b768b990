'use client';
import { Check, CircleAlert, CloudOff, Dot, LogIn, TriangleAlert } from 'lucide-react';
import { moment, plural } from '#app/_ui/format.ts';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import { Tooltip } from '#app/_ui/tooltip.tsx';
import type { SaveState } from '../saving/autosave.ts';
import type { JournalState } from '../saving/journal.ts';
import { useJournalState, useSaveState } from '../session/context.ts';

/** Whether what is seen is kept: a word beside the name. */
export function SaveMark() {
  const state = useSaveState();
  const journal = useJournalState();
  const { icon, word, more } = faceOf(state, journal);
  return (
    <span className="mx-1 flex min-w-0 items-center gap-2 text-12 text-fg-3">
      <Tooltip text={more}>
        <span className="flex min-w-0 items-center gap-1" role="status" data-save={state.kind}>
          {icon}
          <span className="truncate max-phone:sr-only">{word}</span>
        </span>
      </Tooltip>
      {state.kind === 'signed-out' && (
        <a
          href="/login"
          target="_blank"
          rel="noreferrer"
          className="flex flex-none items-center gap-1 rounded-control font-medium text-accent-text hover:underline"
        >
          <LogIn size={14} aria-hidden="true" />
          Sign in
        </a>
      )}
      {journal.kind === 'unkept' && (
        <Tooltip text={unkeptText[journal.why]}>
          <span className="flex min-w-0 items-center gap-1 text-st-waiting" role="note">
            <TriangleAlert size={14} className="flex-none" aria-hidden="true" />
            <span className="truncate max-phone:sr-only">No copy in this browser</span>
          </span>
        </Tooltip>
      )}
    </span>
  );
}

const unkeptText: Record<Extract<JournalState, { kind: 'unkept' }>['why'], string> = {
  unavailable:
    'This browser gives no room to keep edits in (a private window, or a page without https). They are on the server once it says Saved.',
  full: 'This browser has no room left to keep edits in. They are on the server once it says Saved.',
};

function faceOf(state: SaveState, journal: JournalState) {
  switch (state.kind) {
    case 'saved':
      return {
        icon: <Check size={14} className="flex-none text-st-done" />,
        word: 'Saved',
        more: 'Everything is on the server.',
      };
    case 'unsaved':
      return {
        icon: <Dot size={14} className="flex-none" />,
        word: 'Edited',
        more: 'It is saved as soon as you pause.',
      };
    case 'saving':
      return { icon: <StatusIcon status="running" />, word: 'Saving', more: 'On its way to the server.' };
    case 'offline':
      return {
        icon: <CloudOff size={14} className="flex-none text-st-waiting" />,
        word: `Offline · ${keptText(state.edits, journal)}`,
        more: `The server has not answered since ${moment(state.since)}. It is tried again, and your edits are saved once it does.`,
      };
    case 'signed-out':
      return {
        icon: <CircleAlert size={14} className="flex-none text-st-waiting" />,
        word: state.edits === 0 ? 'Signed out' : `Signed out · ${keptText(state.edits, journal)}`,
        more: `${state.edits === 0 ? 'Everything is on the server. ' : ''}Your session ended at ${moment(state.since)}. Sign in in another tab: saving goes on here.`,
      };
    case 'refused':
      return {
        icon: <CircleAlert size={14} className="flex-none text-st-failed" />,
        word: 'Not saved',
        more: state.message,
      };
    case 'conflict':
      return {
        icon: <CircleAlert size={14} className="flex-none text-st-waiting" />,
        word: 'Conflict',
        more: 'The draft was changed elsewhere. Choose which one to keep.',
      };
    default: {
      const never: never = state;
      throw new Error(`Not a known state: ${JSON.stringify(never)}`);
    }
  }
}

function keptText(edits: number, journal: JournalState): string {
  return `${plural(edits, 'edit')} ${journal.kind === 'kept' ? 'kept in this browser' : 'in this tab only: leave it open'}`;
}
