'use client';
import { useMemo } from 'react';
import { readableConfig } from '#app/_canvas/card-model.ts';
import { useSession } from '../session/context.ts';
import { OtherVersion } from '../versions/upgrade/other-version.tsx';
import { CallPicker, pickedFields } from './call/call-picker.tsx';
import { ConfigField } from './fields/config-field.tsx';
import { Findings, useFindings } from './findings.tsx';
import { GeneralFindings } from './general-findings.tsx';
import { InputEditor } from './inputs/input-editor.tsx';
import { useNode } from './node-context.ts';
import { Robustness } from './robustness.tsx';
import { configFields } from './schema/field.ts';
import { WebhookAddress } from './webhook-address.tsx';

/** What the node reads and how it works: a field per input and per member of its configuration, from their types alone. */
export function Configure() {
  const session = useSession();
  const { node, declaration } = useNode();
  const ports = useMemo(
    () => Object.entries(declaration.inputs(readableConfig(declaration, node.config, node.version))),
    [declaration, node.config, node.version],
  );
  const fields = configFields(declaration).filter(
    ({ name }) => declaration.kind !== 'call' || !pickedFields.includes(name),
  );
  const unknown = useMemo(
    () => Object.keys(node.inputs).filter((name) => !ports.some(([port]) => port === name)),
    [node.inputs, ports],
  );
  const other = node.version !== declaration.version;
  return (
    <div className="grid grid-cols-1 gap-3.5">
      <p className="text-12 text-fg-2">{declaration.description}</p>
      <GeneralFindings />
      {declaration.kind === 'call' && <CallPicker />}
      {ports.map(([name, port]) => (
        <InputEditor key={name} name={name} port={port} />
      ))}
      {fields.length > 0 && ports.length > 0 && <hr className="border-line" />}
      {other && <OtherVersion />}
      {!other &&
        fields.map((field) => (
          <ConfigField
            key={field.name}
            field={field}
            owner={node.config}
            path={[]}
            onChange={(value) =>
              session.document.dispatch({ kind: 'set-config', nodeId: node.id, path: [field.name], value })
            }
          />
        ))}
      {unknown.map((name) => (
        <UnusedBinding key={name} name={name} />
      ))}
      {node.type === 'trigger.webhook' && <WebhookAddress />}
      {declaration.kind !== 'trigger' && declaration.kind !== 'output' && <Robustness />}
    </div>
  );
}

/** A binding whose port is gone: the compiler says so and offers to remove it. */
function UnusedBinding({ name }: { name: string }) {
  const findings = useFindings(`inputs.${name}`);
  return (
    <div data-field={`inputs.${name}`}>
      <Findings findings={findings} />
    </div>
  );
}
