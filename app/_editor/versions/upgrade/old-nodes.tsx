'use client';
import { useMemo } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { plural } from '#app/_ui/format.ts';
import { InspectorSection } from '../../inspector/section.tsx';
import { useGraph } from '../../session/context.ts';
import { isOld } from './plan.ts';
import { UpgradeButton } from './upgrade-button.tsx';

/** The nodes of the pipeline that newer versions of their types are there for; nothing where there are none. */
export function OldNodes() {
  const nodes = useGraph((graph) => graph.nodes);
  const old = useMemo(() => nodes.filter((node) => isOld(node, definitions)).map(({ id }) => id), [nodes]);
  if (old.length === 0) return null;
  return (
    <InspectorSection name="node-types" title="Newer node types">
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 text-12 text-fg-2">
          {plural(old.length, 'node')} {old.length === 1 ? 'is' : 'are'} written for an older version and{' '}
          {old.length === 1 ? 'runs as it' : 'run as they'} did.
        </p>
        <UpgradeButton nodeIds={old} />
      </div>
    </InspectorSection>
  );
}
