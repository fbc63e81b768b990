import { ArrowRightLeft, Cable, Spline } from 'lucide-react';
import type { Direction } from '../keyboard/neighbours.ts';
import { askToConnect, walk, walkThrough, walkWires } from '../keyboard/walk.ts';
import type { EditorSession } from '../session/session.ts';
import type { EditorKey } from './editor-key.ts';
import { needsNode } from './why.ts';

const directions: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** What makes the canvas usable without a mouse. */
export const keyboardActions: EditorKey[] = [
  {
    keys: Object.keys(directions).map((key) => `alt+${key}`),
    text: 'Go along the wires to another node',
    group: 'See',
    keyOnly: true,
    act: (session, key) => walk(session, directions[key] ?? 'right'),
  },
  {
    keys: [']'],
    text: 'Next node',
    group: 'See',
    icon: ArrowRightLeft,
    act: (session: EditorSession) => walkThrough(session, 1),
  },
  {
    keys: ['['],
    text: 'Node before',
    group: 'See',
    icon: ArrowRightLeft,
    act: (session: EditorSession) => walkThrough(session, -1),
  },
  {
    keys: ['w'],
    text: 'Select the wire that leaves here, again for the next',
    group: 'Draw',
    icon: Spline,
    words: 'edge connection',
    act: walkWires,
  },
  {
    keys: ['c'],
    text: 'Connect to …',
    group: 'Draw',
    id: 'connect',
    icon: Cable,
    words: 'wire edge draw join',
    why: needsNode,
    act: askToConnect,
  },
];
