'use client';
import { useMemo } from 'react';
import { useProblems } from '../session/context.ts';
import { Findings } from './findings.tsx';
import { useNode } from './node-context.ts';

/** What the compiler says of the node as a whole, not of one of its fields. */
export function GeneralFindings() {
  const { node } = useNode();
  const diagnostics = useProblems((problems) => problems.diagnostics);
  const general = useMemo(
    () =>
      diagnostics
        .filter(
          ({ nodeId, field, code }) =>
            nodeId === node.id &&
            !field?.startsWith('inputs.') &&
            !field?.startsWith('config.') &&
            // The configuration says it where it stands, with the way to update.
            code !== 'NODE_VERSION_OLD',
        )
        // The inspector has a button of its own that enables the node.
        .map(({ fix, ...finding }) => (fix && finding.code !== 'NODE_DISABLED' ? { ...finding, fix } : finding)),
    [diagnostics, node.id],
  );
  return general.length === 0 ? null : <Findings findings={general} />;
}
