'use client';
import { createContext, useContext } from 'react';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import type { GraphNode } from '#nodes/core/graph.ts';

/** The node that the inspector shows. */
export type InspectedNode = { node: GraphNode; declaration: AnyNodeDeclaration };

export const NodeContext = createContext<InspectedNode | null>(null);

export function useNode(): InspectedNode {
  const value = useContext(NodeContext);
  if (!value) throw new Error('A field belongs inside the inspector of a node.');
  return value;
}
