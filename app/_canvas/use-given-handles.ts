'use client';
import { useStoreApi } from '@xyflow/react';
import { useState } from 'react';

/**
 * Keeps React Flow from measuring what it was given. It looks for the handles of every node in the DOM once the node is
 * there, although `handles` names them: a card that is drawn as a box has none in the DOM, and would lose its edges. And
 * with a thousand nodes, looking takes longer than drawing. Must be called before ReactFlow renders, inside its provider.
 */
export function useGivenHandles(): void {
  const store = useStoreApi();
  useState(() => {
    const measure = store.getState().updateNodeInternals;
    store.setState({
      updateNodeInternals(updates) {
        const { nodeLookup, fitViewQueued, nodes, setNodes } = store.getState();
        const given = (id: string) => nodeLookup.get(id)?.internals.userNode.handles !== undefined;
        const unknown = new Map([...updates].filter(([id]) => !given(id)));
        if (unknown.size > 0) measure(unknown);
        // What was measured makes a waiting fit happen; so does this, where there was nothing to measure.
        else if (fitViewQueued) setNodes(nodes);
      },
    });
  });
}
