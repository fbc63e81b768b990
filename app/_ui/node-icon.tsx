import { Box } from 'lucide-react';
import { nodeIcons } from './node-icons.ts';

/** The icon that a node declaration names; a box where the name is not on the list of node-icons.ts. */
export function NodeIcon({ name, size = 14 }: { name: string; size?: number }) {
  const Icon = Object.hasOwn(nodeIcons, name) ? (nodeIcons[name] ?? Box) : Box;
  return <Icon size={size} strokeWidth={1.9} aria-hidden="true" />;
}
