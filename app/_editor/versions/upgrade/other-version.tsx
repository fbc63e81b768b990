'use client';
import { useNode } from '../../inspector/node-context.ts';
import { fieldName, valueText } from '../compare/fields.ts';
import { UpgradeButton } from './upgrade-button.tsx';

/**
 * A configuration that is written for another version than the fields of the inspector are: it is shown as it is, and
 * changed after an update only.
 */
export function OtherVersion() {
  const { node, declaration } = useNode();
  const old = node.version < declaration.version;
  return (
    <section aria-label="Another version" className="grid grid-cols-1 gap-2 rounded-card border border-line-strong p-3">
      <p className="text-12 text-fg-2">
        {old
          ? `Written for version ${node.version} of ${declaration.title}; here is version ${declaration.version}. It runs as it did. Update it to change its settings: what that changes is shown before.`
          : `Written for version ${node.version} of ${declaration.title}; this software has version ${declaration.version}. Update Solograph. What the node holds is kept.`}
      </p>
      <dl className="grid grid-cols-1 gap-1.5">
        {Object.entries(node.config).map(([name, value]) => (
          <div key={name} className="text-12">
            <dt className="font-medium">{fieldName(`config.${name}`, declaration).title}</dt>
            <dd className="mt-0.5 max-h-40 overflow-auto rounded-control bg-sunken px-2 py-1 font-mono text-11 whitespace-pre-wrap">
              {valueText(value) || 'empty'}
            </dd>
          </div>
        ))}
      </dl>
      {old && (
        <div>
          <UpgradeButton nodeIds={[node.id]} />
        </div>
      )}
    </section>
  );
}
