'use client';
import { useMemo } from 'react';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import { resolveBindings } from '#nodes/core/prompts.ts';
import type { ConfigPath } from '../../document/command.ts';
import { useGraph } from '../../session/context.ts';
import { useNode } from '../node-context.ts';
import { CodeField } from '../reading/code-field.tsx';
import { type ActiveHandle, useActiveField } from '../reading/use-active-field.ts';
import { addressOf } from './config-field.tsx';

type Props = {
  path: ConfigPath;
  value: string;
  onChange: (expr: string) => void;
  label: string;
  describedBy?: string;
  findings: Diagnostic[];
  /** Where a heading belongs to it, it makes the field known. */
  active?: ActiveHandle;
};

/** Makes an expression of the configuration known while it is edited. */
export function useActiveExpression(path: ConfigPath, label: string): ActiveHandle {
  const { node } = useNode();
  return useActiveField({ field: { kind: 'config', nodeId: node.id }, address: addressOf(path), label, into: 'cel' });
}

/** An expression in a configuration, which reads the node's own inputs. */
export function ConfigExpression({ path, value, onChange, label, describedBy, findings, active }: Props) {
  const { node } = useNode();
  const own = useActiveExpression(path, label);
  const prompts = useGraph((graph) => graph.prompts);
  const inputs = useMemo(() => resolveBindings(node.inputs, prompts), [node.inputs, prompts]);
  return (
    <div ref={active ? undefined : own.place} onFocusCapture={own.onFocus}>
      <CodeField
        field={{ kind: 'config', nodeId: node.id }}
        active={active ?? own}
        language="cel"
        label={label}
        describedBy={describedBy}
        placeholder="An expression"
        value={value}
        onChange={onChange}
        findings={findings}
        inputs={inputs}
      />
    </div>
  );
}
