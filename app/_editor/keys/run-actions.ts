import { History, Link, ListEnd, Pin, Play, StepForward } from 'lucide-react';
import { isOver } from '../live/live-runs.ts';
import {
  copyLink,
  mayPin,
  mayRun,
  runFromSelected,
  runSelected,
  runUntilSelected,
  selectedNode,
} from '../running/parts.ts';
import type { EditorSession } from '../session/session.ts';
import { travelThrough } from '../travel/travel.ts';
import type { EditorKey } from './editor-key.ts';
import { needsNode } from './why.ts';

/** A node that can be run is selected. */
function needsRunnable(session: EditorSession): string | null {
  const missing = needsNode(session);
  if (missing !== null) return missing;
  const node = selectedNode(session);
  if (node?.disabled) return 'The node is disabled';
  return mayRun(node) ? null : 'This node starts runs';
}

function needsFinishedRun({ live }: EditorSession): string | null {
  const { runs, chosen } = live.store.getState();
  const run = runs.get(chosen ?? '');
  return run && isOver(run) ? null : 'Choose a run that has ended';
}

/** Running parts of the draft, and looking at what ran. */
export const runActions: EditorKey[] = [
  {
    keys: ['shift+Enter'],
    text: 'Run this node',
    group: 'Run',
    id: 'run-one',
    icon: Play,
    words: 'alone single step execute',
    why: needsRunnable,
    act: runSelected,
  },
  {
    keys: ['mod+shift+Enter'],
    text: 'Run until here',
    group: 'Run',
    id: 'run-until',
    icon: ListEnd,
    why: needsRunnable,
    act: runUntilSelected,
  },
  {
    keys: ['alt+Enter'],
    text: 'Run from here',
    group: 'Run',
    id: 'run-from',
    icon: StepForward,
    words: 'resume continue rerun',
    why: needsRunnable,
    act: runFromSelected,
  },
  {
    keys: ['shift+t'],
    text: 'Step through the finished run',
    group: 'Run',
    icon: History,
    words: 'time travel scrubber checkpoint',
    why: needsFinishedRun,
    act: travelThrough,
  },
  {
    keys: [],
    text: 'Pin an output …',
    group: 'Edit',
    id: 'edit-pin',
    icon: Pin,
    title: (session) => (session.pins.has(selectedNode(session)?.id ?? '') ? 'Edit the pin …' : 'Pin an output …'),
    why: (session) => (mayPin(selectedNode(session)) ? null : 'Select one node whose output can be pinned'),
    act: (session) => {
      const node = selectedNode(session);
      if (node) session.ui.setState({ dialog: { kind: 'pin', nodeId: node.id } });
    },
  },
  {
    keys: [],
    text: 'Copy link',
    group: 'See',
    id: 'copy-link',
    icon: Link,
    words: 'address url deep link share',
    why: (session) => (selectedNode(session) ? null : 'Select one node first'),
    act: (session) => {
      const node = selectedNode(session);
      if (node) void copyLink(session, node.id);
    },
  },
];
