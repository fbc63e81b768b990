import {
  ChartGantt,
  CircleDollarSign,
  ListTodo,
  Minus,
  PanelBottom,
  Play,
  Plus,
  Rocket,
  ScanSearch,
  Search,
  Terminal,
} from 'lucide-react';
import { openFind } from '../find/find.ts';
import type { EditorSession } from '../session/session.ts';
import type { DockTab } from '../session/ui-store.ts';
import type { EditorKey } from './editor-key.ts';

const zoomStep = 1.25;

const show = (dock: DockTab) => (session: EditorSession) =>
  session.ui.setState({ dock, dockOpen: true, sheet: 'dock' });

/** What is seen, and the dialogs: all that changes nothing on the drawing. */
export const viewActions: EditorKey[] = [
  {
    keys: ['mod+f'],
    text: 'Find in the drawing',
    group: 'See',
    icon: Search,
    always: true,
    words: 'search names prompts expressions notes comments',
    act: openFind,
  },
  { keys: ['+', '='], text: 'Zoom in', group: 'See', icon: Plus, act: (session) => session.view?.zoomBy(zoomStep) },
  { keys: ['-'], text: 'Zoom out', group: 'See', icon: Minus, act: (session) => session.view?.zoomBy(1 / zoomStep) },
  {
    keys: [],
    text: 'Zoom to what is selected',
    group: 'See',
    icon: ScanSearch,
    why: (session) => (session.ui.getState().selection.nodes.length > 0 ? null : 'Select a node first'),
    act: (session) => session.view?.frame(session.ui.getState().selection.nodes),
  },
  { keys: [], text: 'Show the problems', group: 'See', icon: ListTodo, act: show('problems') },
  { keys: [], text: 'Show the console', group: 'See', icon: Terminal, act: show('console') },
  { keys: [], text: 'Show the timeline', group: 'See', icon: ChartGantt, act: show('timeline') },
  { keys: [], text: 'Show the spend', group: 'See', icon: CircleDollarSign, act: show('spend') },
  {
    keys: [],
    text: 'Fold or unfold the panel below',
    group: 'See',
    icon: PanelBottom,
    act: (session) => session.ui.setState(({ dockOpen }) => ({ dockOpen: !dockOpen })),
  },
  {
    keys: [],
    text: 'Run the published version',
    group: 'Run',
    icon: Play,
    act: (session) => session.ui.setState({ dialog: { kind: 'run', source: 'published' } }),
  },
  {
    keys: [],
    text: 'Publish',
    group: 'Run',
    icon: Rocket,
    words: 'version release',
    act: (session) => session.ui.setState({ dialog: { kind: 'publish' } }),
  },
];
