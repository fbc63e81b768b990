import {
  Activity,
  Building2,
  CircleDollarSign,
  Inbox,
  Layers,
  type LucideIcon,
  Send,
  Settings2,
  Sun,
  Workflow,
} from 'lucide-react';

/** A place of a project: its path segment, its name, and the key after G that leads there. */
export type Place = {
  segment: string;
  title: string;
  icon: LucideIcon;
  key: string;
  /** Segments of other pages that belong to it. */
  also?: readonly string[];
};

/** The places in the sidebar, in groups. */
export const placeGroups: readonly (readonly Place[])[] = [
  [
    { segment: 'today', title: 'Today', icon: Sun, key: 't' },
    { segment: 'inbox', title: 'Inbox', icon: Inbox, key: 'i' },
    { segment: 'pipelines', title: 'Pipelines', icon: Workflow, key: 'p', also: ['templates', 'import'] },
    { segment: 'runs', title: 'Runs', icon: Activity, key: 'r' },
  ],
  [
    { segment: 'memory', title: 'Memory', icon: Layers, key: 'm' },
    { segment: 'entities', title: 'Entities', icon: Building2, key: 'e' },
    { segment: 'outbox', title: 'Outbox', icon: Send, key: 'o' },
    { segment: 'spend', title: 'Spend', icon: CircleDollarSign, key: 'd' },
  ],
  [{ segment: 'settings', title: 'Settings', icon: Settings2, key: 's' }],
];

export const places: readonly Place[] = placeGroups.flat();
