'use client';
import { useId, useMemo, useState } from 'react';
import type { ReadingField } from '#nodes/core/compile/inspect.ts';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import type { ResolvedBinding } from '#nodes/core/graph.ts';
import type { Type } from '#nodes/core/types.ts';
import { type CodeAssist, CodeEditor, type CodeMark } from '../../code/code-editor.tsx';
import { applyFix } from '../../session/actions.ts';
import { useSession } from '../../session/context.ts';
import { useFields, useScope } from './context.ts';
import { PreviewLine } from './preview-line.tsx';
import type { ActiveHandle } from './use-active-field.ts';

type Props = {
  field: ReadingField;
  active: ActiveHandle;
  language: 'cel' | 'template';
  value: string;
  onChange: (value: string) => void;
  label: string;
  describedBy?: string;
  placeholder?: string;
  tall?: boolean;
  findings: Diagnostic[];
  /** What the value must be. */
  expects?: Type;
  /** What is bound to the node's inputs, which an expression of its configuration reads. */
  inputs?: Record<string, ResolvedBinding>;
};

/** A field that reads values: written with help, and with what it gives under it. What is typed follows into the document a moment later. */
export function CodeField(props: Props) {
  const { field, active, language, value, onChange, label, findings, expects, inputs } = props;
  const { document } = useSession();
  const typedKey = useId();
  const [text, setText] = useState(value);
  const held = document.isTyped(typedKey) ? text : value;
  const assist = useAssist(field);
  const marks = useMarks(findings);
  const wrong = findings.some(({ severity }) => severity === 'error');
  const request = useMemo(() => {
    if (held.trim() === '') return null;
    const source =
      language === 'cel' ? ({ kind: 'expr', expr: held } as const) : ({ kind: 'template', template: held } as const);
    return { source, ...(expects ? { expects } : {}), ...(inputs ? { inputs } : {}) };
  }, [held, language, expects, inputs]);
  const change = (next: string) => {
    setText(next);
    document.later(typedKey, () => onChange(next));
  };
  return (
    <div className="grid min-w-0 grid-cols-1 gap-1">
      <CodeEditor
        language={language}
        value={value}
        onChange={change}
        isNewer={() => document.isTyped(typedKey)}
        label={label}
        describedBy={props.describedBy}
        placeholder={props.placeholder}
        tall={props.tall}
        marks={marks}
        assist={assist}
        invalid={wrong}
        onReady={active.onReady}
        onAskScope={active.toggle}
      />
      <PreviewLine field={field} request={request} quiet={wrong} />
    </div>
  );
}

/** Completion and signatures from what the field can read. */
function useAssist(field: ReadingField): CodeAssist {
  const { language } = useFields();
  const { scope } = useScope(field);
  const { document } = useSession();
  return useMemo(() => {
    const variables = scope?.variables ?? {};
    const titleOf = (nodeId: string) => document.store.getState().graph.nodes.find(({ id }) => id === nodeId)?.title;
    return {
      suggest: (before) => language.suggest(before, variables),
      signature: (before) => language.signature(before, variables),
      titleOf: (of, member) => (of === 'nodes' ? titleOf(member) : undefined),
    };
  }, [language, scope, document]);
}

function useMarks(findings: Diagnostic[]): CodeMark[] {
  const session = useSession();
  return useMemo(
    () =>
      findings.map(({ severity, message, range, fix }) => ({
        severity,
        message,
        ...(range ? { range } : {}),
        ...(fix ? { fix: { title: fix.title, apply: () => applyFix(session, fix.change) } } : {}),
      })),
    [findings, session],
  );
}
