import { Box } from 'lucide-react';
import { nodeIcons } from './node-icons.gen.ts';

/** The icon that a node declaration names; a box where no node type of this software names it. */
export function NodeIcon({ name, size = 14 }: { name: string; size?: number }) {
  const Icon = Object.hasOwn(nodeIcons, name) ? (nodeIcons[name] ?? Box) : Box;
  return <Icon size={size} strokeWidth={1.9} aria-hidden="true" />;
}
