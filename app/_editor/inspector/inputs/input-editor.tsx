'use client';
import { useId, useState } from 'react';
import { lazyPart } from '#app/_ui/lazy-part.ts';
import { UnloadedHere } from '#app/_ui/unloaded.tsx';
import type { InputSpec } from '#nodes/core/define-node.ts';
import type { Binding } from '#nodes/core/graph.ts';
import { resolveBinding } from '#nodes/core/prompts.ts';
import { describeType } from '#nodes/core/types.ts';
import { useSession } from '../../session/context.ts';
import { Findings, useFindings } from '../findings.tsx';
import { useNode } from '../node-context.ts';
import { CodeField } from '../reading/code-field.tsx';
import { ScopeButton } from '../reading/scope-button.tsx';
import { type ActiveHandle, useActiveField } from '../reading/use-active-field.ts';
import { type BindingKind, usualKind } from './binding.ts';
import { createKeptKinds } from './kept-kinds.ts';
import { KindSwitch } from './kind-switch.tsx';
import { ValueEditor } from './value-editor.tsx';

const PromptField = lazyPart(async () => (await import('../prompts/prompt-field.tsx')).PromptField, UnloadedHere);

/** One input of the node: what is bound to it, and how. */
export function InputEditor({ name, port }: { name: string; port: InputSpec }) {
  const { node } = useNode();
  const noteId = useId();
  const binding = node.inputs[name];
  const { kind, bind, change } = useBinding(name, port);
  const found = useFindings(`inputs.${name}`);
  // What is wrong with a value of a prompt is said where that is written.
  const findings = kind === 'prompt' ? found.filter(({ field }) => field === `inputs.${name}`) : found;
  const active = useActiveField({
    field: { kind: 'input', nodeId: node.id, input: name },
    address: `inputs.${name}`,
    label: port.title,
    into: kind === 'expr' ? 'cel' : kind === 'template' ? 'template' : 'bind',
    bind: (expr) => bind({ kind: 'expr', expr }),
  });
  const words = describeType(port.type);
  return (
    <div
      ref={active.place}
      className="grid grid-cols-1 gap-1"
      data-field={`inputs.${name}`}
      onFocusCapture={kind === 'prompt' ? undefined : active.onFocus}
    >
      <div className="flex min-h-6 items-center gap-1.5">
        <span className="min-w-0 flex-none max-w-[60%] truncate text-12 font-medium">
          {port.title}
          {port.required && (
            <span className="text-fg-3" title="Required">
              {' '}
              *
            </span>
          )}
        </span>
        <span className="min-w-0 flex-1 truncate text-11 text-fg-3" title={words}>
          {words}
        </span>
        {kind !== 'prompt' && <ScopeButton active={active} />}
        <KindSwitch kind={kind} label={port.title} prompts={usualKind(port.type) === 'template'} onChange={change} />
      </div>
      <BindingField {...{ name, port, kind, binding, bind, findings, active }} describedBy={noteId} />
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

/** What is bound, and how the way changes in which it is given. */
function useBinding(name: string, port: InputSpec) {
  const session = useSession();
  const { node } = useNode();
  const binding = node.inputs[name];
  const [wanted, setWanted] = useState<BindingKind | null>(null);
  const [kept] = useState(createKeptKinds);
  const bind = (next: Binding | null) =>
    session.document.dispatch({ kind: 'set-input', nodeId: node.id, input: name, binding: next });
  return {
    // Until a prompt is chosen, what stands there stays.
    kind: wanted === 'prompt' ? wanted : (binding?.kind ?? wanted ?? usualKind(port.type)),
    bind: (next: Binding | null) => {
      // A field that is emptied stays the kind of field that it is.
      setWanted(next?.kind ?? binding?.kind ?? wanted);
      bind(next);
    },
    change: (next: BindingKind) => {
      session.document.flush();
      setWanted(next);
      const { nodes, prompts } = session.document.store.getState().graph;
      const present = nodes.find(({ id }) => id === node.id)?.inputs[name];
      if (next === 'prompt' || present?.kind === next) return;
      const written = present && resolveBinding(present, prompts);
      bind(kept.change(written ?? undefined, next));
    },
  };
}

type FieldProps = {
  name: string;
  port: InputSpec;
  kind: BindingKind;
  binding: Binding | undefined;
  bind: (binding: Binding | null) => void;
  findings: ReturnType<typeof useFindings>;
  active: ActiveHandle;
  describedBy: string;
};

function BindingField({ name, port, kind, binding, bind, findings, active, describedBy }: FieldProps) {
  const { node } = useNode();
  const code = {
    field: { kind: 'input', nodeId: node.id, input: name } as const,
    active,
    label: port.title,
    describedBy,
    findings,
    expects: port.type,
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
        <CodeField
          {...code}
          key="template"
          language="template"
          tall={port.type.type === 'string' && port.type.format === 'multiline'}
          placeholder={port.placeholder ?? 'Text with {{ expressions }}'}
          value={binding?.kind === 'template' ? binding.template : ''}
          onChange={(template) => bind(template === '' ? null : { kind, template })}
        />
      );
    case 'expr':
      return (
        <CodeField
          {...code}
          key="expr"
          language="cel"
          placeholder={port.placeholder ?? 'An expression'}
          value={binding?.kind === 'expr' ? binding.expr : ''}
          onChange={(expr) => bind(expr.trim() === '' ? null : { kind, expr })}
        />
      );
    case 'prompt':
      return <PromptField input={name} label={port.title} binding={binding} bind={bind} />;
    default: {
      const never: never = kind;
      throw new Error(`Not a known kind: ${String(never)}`);
    }
  }
}
