'use client';
import { Braces, type LucideIcon, SquareFunction, TextCursorInput } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useCallback, useId, useState } from 'react';
import type { InputSpec } from '#nodes/core/define-node.ts';
import type { Binding } from '#nodes/core/graph.ts';
import { describeType } from '#nodes/core/types.ts';
import { CodeEditor } from '../../code/code-editor.tsx';
import { useSession } from '../../session/context.ts';
import { Findings, useFindings } from '../findings.tsx';
import { useNode } from '../node-context.ts';
import { type BindingKind, convertBinding, usualKind } from './binding.ts';
import { ValueEditor } from './value-editor.tsx';

const kinds: { kind: BindingKind; title: string; icon: LucideIcon }[] = [
  { kind: 'value', title: 'Value', icon: TextCursorInput },
  { kind: 'template', title: 'Template', icon: Braces },
  { kind: 'expr', title: 'Expression', icon: SquareFunction },
];

/** One input of the node: what is bound to it, and how. */
export function InputEditor({ name, port }: { name: string; port: InputSpec }) {
  const session = useSession();
  const { node } = useNode();
  const noteId = useId();
  const binding = node.inputs[name];
  const [wanted, setWanted] = useState<BindingKind | null>(null);
  const kind = binding?.kind ?? wanted ?? usualKind(port.type);
  const findings = useFindings(`inputs.${name}`);
  const bind = (next: Binding | null) =>
    session.document.dispatch({ kind: 'set-input', nodeId: node.id, input: name, binding: next });
  const change = (next: BindingKind) => {
    setWanted(next);
    bind(convertBinding(binding, next));
  };
  return (
    <div className="grid grid-cols-1 gap-1" data-field={`inputs.${name}`}>
      <div className="flex min-h-6 items-center gap-2">
        <span className="min-w-0 flex-1 truncate text-12 font-medium" title={describeType(port.type)}>
          {port.title}
          {port.required && (
            <span className="text-fg-3" title="Required">
              {' '}
              *
            </span>
          )}
        </span>
        <KindSwitch kind={kind} label={port.title} onChange={change} />
      </div>
      <BindingField {...{ name, port, kind, binding, bind, findings }} describedBy={noteId} />
      {findings.length > 0 ? (
        <Findings findings={findings} id={noteId} />
      ) : (
        port.description && (
          <p id={noteId} className="text-12 text-fg-3">
            {port.description}
          </p>
        )
      )}
    </div>
  );
}

function KindSwitch({
  kind,
  label,
  onChange,
}: {
  kind: BindingKind;
  label: string;
  onChange: (kind: BindingKind) => void;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      value={kind}
      aria-label={`How ${label} is given`}
      className="flex flex-none gap-px rounded-control bg-hover p-px"
      onValueChange={(next) => kinds.some((known) => known.kind === next) && onChange(next as BindingKind)}
    >
      {kinds.map(({ kind: value, title, icon: Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={title}
          title={title}
          className="grid h-5 w-6 place-items-center rounded-[5px] text-fg-3 hover:text-fg data-[state=on]:bg-raised data-[state=on]:text-accent-text max-phone:size-9"
        >
          <Icon size={13} strokeWidth={1.9} aria-hidden="true" />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

type FieldProps = {
  name: string;
  port: InputSpec;
  kind: BindingKind;
  binding: Binding | undefined;
  bind: (binding: Binding | null) => void;
  findings: ReturnType<typeof useFindings>;
  describedBy: string;
};

function BindingField({ name, port, kind, binding, bind, findings, describedBy }: FieldProps) {
  const session = useSession();
  const { node } = useNode();
  const variables = useCallback(
    () => session.language.scope(session.document.store.getState().graph, node.id, name),
    [session, node.id, name],
  );
  const code = {
    label: port.title,
    describedBy,
    marks: findings,
    variables,
    invalid: findings.some(({ severity }) => severity === 'error'),
  };
  switch (kind) {
    case 'value':
      return (
        <ValueEditor
          type={port.type}
          label={port.title}
          describedBy={describedBy}
          placeholder={port.placeholder}
          value={binding?.kind === 'value' ? binding.value : undefined}
          onChange={(value) => bind(value === undefined ? null : { kind, value })}
        />
      );
    case 'template':
      return (
        <CodeEditor
          {...code}
          language="template"
          tall={port.type.type === 'string' && port.type.format === 'multiline'}
          placeholder={port.placeholder ?? 'Text with {{ expressions }}'}
          value={binding?.kind === 'template' ? binding.template : ''}
          onChange={(template) => bind(template === '' ? null : { kind, template })}
        />
      );
    case 'expr':
      return (
        <CodeEditor
          {...code}
          language="cel"
          placeholder={port.placeholder ?? 'An expression'}
          value={binding?.kind === 'expr' ? binding.expr : ''}
          onChange={(expr) => bind(expr.trim() === '' ? null : { kind, expr })}
        />
      );
    default: {
      const never: never = kind;
      throw new Error(`Not a known kind: ${String(never)}`);
    }
  }
}
