'use client';
import { Check, CircleAlert, CloudOff, Dot } from 'lucide-react';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import { Tooltip } from '#app/_ui/tooltip.tsx';
import type { SaveState } from '../saving/autosave.ts';
import { useSaveState } from '../session/context.ts';

/** Whether what is seen is kept: a word beside the name. */
export function SaveMark() {
  const state = useSaveState();
  const { icon, word, more } = faceOf(state);
  return (
    <Tooltip text={more}>
      <span className="mx-1 flex flex-none items-center gap-1 text-12 text-fg-3" role="status" data-save={state.kind}>
        {icon}
        <span className="max-phone:sr-only">{word}</span>
      </span>
    </Tooltip>
  );
}

function faceOf(state: SaveState) {
  switch (state.kind) {
    case 'saved':
      return {
        icon: <Check size={14} className="text-st-done" />,
        word: 'Saved',
        more: 'Everything is on the server.',
      };
    case 'unsaved':
      return { icon: <Dot size={14} />, word: 'Edited', more: 'It is saved as soon as you pause.' };
    case 'saving':
      return { icon: <StatusIcon status="running" />, word: 'Saving', more: 'On its way to the server.' };
    case 'offline':
      return {
        icon: <CloudOff size={14} className="text-st-waiting" />,
        word: 'Offline',
        more: 'The server does not answer. Your edits are kept in this browser and saved once it does.',
      };
    case 'refused':
      return { icon: <CircleAlert size={14} className="text-st-failed" />, word: 'Not saved', more: state.message };
    case 'conflict':
      return {
        icon: <CircleAlert size={14} className="text-st-waiting" />,
        word: 'Conflict',
        more: 'The draft was changed elsewhere. Choose which one to keep.',
      };
    default: {
      const never: never = state;
      throw new Error(`Not a known state: ${JSON.stringify(never)}`);
    }
  }
}
