'use client';
import { Plus, X } from 'lucide-react';
import { useContext, useId, useMemo, useState } from 'react';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import { idSchema, type Prompt, type PromptVariable } from '#nodes/core/graph.ts';
import { variableTypes } from '#nodes/core/prompts.ts';
import { type CodeAssist, CodeEditor } from '../../code/code-editor.tsx';
import { freeId } from '../../document/ids.ts';
import { useProblems, useSession } from '../../session/context.ts';
import { TypedInput } from '../fields/typed-input.tsx';
import { Findings } from '../findings.tsx';
import { FieldsContext } from '../reading/context.ts';

const mostVariables = 50;
const types: { value: PromptVariable['type']; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'True or false' },
  { value: 'list', label: 'List' },
  { value: 'any', label: 'Anything' },
];

/** A prompt of the pipeline: its name, its text, and the variables that the text reads. */
export function PromptEditor({ prompt }: { prompt: Prompt }) {
  const { document } = useSession();
  const { id, title, variables } = prompt;
  const set = (change: Partial<Omit<Prompt, 'id'>>) => document.dispatch({ kind: 'set-prompt', promptId: id, change });
  const findings = usePromptFindings(id);
  const name = freeId('value', new Set(variables.map((variable) => variable.name)));
  return (
    <div className="grid grid-cols-1 gap-2 rounded-control border border-line p-2" data-prompt={id}>
      <Field label="Name of the prompt">
        {(control) => (
          <TypedInput
            {...control}
            maxLength={200}
            value={title}
            onText={(text) => {
              if (text.trim() !== '') set({ title: text });
            }}
          />
        )}
      </Field>
      <PromptText prompt={prompt} findings={findings} onText={(text) => set({ text })} />
      <div className="grid gap-1.5">
        <span className="text-12 font-medium">Variables</span>
        {variables.length === 0 && (
          <p className="text-12 text-fg-3">
            None: it says the same everywhere. With one, write {'{{ name }}'} in the text.
          </p>
        )}
        {variables.map((variable, at) => (
          <VariableRow
            // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is edited
            key={at}
            variable={variable}
            taken={variables.filter((_, index) => index !== at).map((other) => other.name)}
            onName={(to) => document.dispatch({ kind: 'rename-variable', promptId: id, at, to })}
            onType={(type) => set({ variables: variables.with(at, { ...variable, type }) })}
            onRemove={() => set({ variables: variables.toSpliced(at, 1) })}
          />
        ))}
        {variables.length < mostVariables && (
          <Button
            size="sm"
            className="justify-self-start"
            icon={<Plus size={13} />}
            onClick={() => set({ variables: [...variables, { name, type: 'text' }] })}
          >
            Add a variable
          </Button>
        )}
      </div>
    </div>
  );
}

/** What the compiler says of the prompt itself, wherever it is used. */
function usePromptFindings(id: string): Diagnostic[] {
  const diagnostics = useProblems((problems) => problems.diagnostics);
  return useMemo(
    () => diagnostics.filter(({ field, nodeId }) => nodeId === undefined && field?.startsWith(`prompts.${id}.`)),
    [diagnostics, id],
  );
}

type TextProps = { prompt: Prompt; findings: Diagnostic[]; onText: (text: string) => void };

/** What is typed follows into the document a moment later. */
function PromptText({ prompt, findings, onText }: TextProps) {
  const { document } = useSession();
  const typedKey = useId();
  const noteId = useId();
  const assist = useOwnVariables(prompt);
  const marks = useMemo(
    () => findings.map(({ severity, message, range }) => ({ severity, message, ...(range ? { range } : {}) })),
    [findings],
  );
  return (
    <div className="grid min-w-0 grid-cols-1 gap-1">
      <span className="text-12 font-medium">Text</span>
      <CodeEditor
        language="template"
        tall
        label="Text of the prompt"
        describedBy={noteId}
        placeholder="Text with {{ variables }}"
        value={prompt.text}
        isNewer={() => document.isTyped(typedKey)}
        onChange={(text) => document.later(typedKey, () => onText(text))}
        marks={marks}
        assist={assist}
        invalid={findings.some(({ severity }) => severity === 'error')}
      />
      <Findings findings={findings} id={noteId} />
    </div>
  );
}

/** Completion from the prompt's own variables, where the fields of a node are. */
function useOwnVariables(prompt: Prompt): CodeAssist | undefined {
  const language = useContext(FieldsContext)?.language;
  return useMemo(() => {
    if (!language) return undefined;
    const variables = variableTypes(prompt);
    return {
      suggest: (before) => language.suggest(before, variables),
      signature: (before) => language.signature(before, variables),
      titleOf: () => undefined,
    };
  }, [language, prompt]);
}

type RowProps = {
  variable: PromptVariable;
  taken: readonly string[];
  onName: (name: string) => void;
  onType: (type: PromptVariable['type']) => void;
  onRemove: () => void;
};

function VariableRow({ variable, taken, onName, onType, onRemove }: RowProps) {
  const [refused, setRefused] = useState<string | null>(null);
  const { name, type } = variable;
  const take = (text: string) => {
    const why = problemOf(text, taken);
    setRefused(why);
    if (why === null) onName(text);
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_104px_auto] items-center gap-1">
      <TypedInput
        aria-label="Name of the variable"
        className="font-mono text-12"
        maxLength={64}
        value={name}
        onText={take}
      />
      <Select label={`What ${name} may be`} value={type} options={types} onChange={onType} />
      <IconButton size="sm" label={`Remove ${name}`} onClick={onRemove}>
        <X size={13} />
      </IconButton>
      {refused !== null && (
        <p className="col-span-3 text-12 text-st-failed" role="alert">
          {refused}
        </p>
      )}
    </div>
  );
}

function problemOf(name: string, taken: readonly string[]): string | null {
  if (taken.includes(name)) return `There is a variable "${name}" already.`;
  const parsed = idSchema.safeParse(name);
  return parsed.success ? null : `"${name}" cannot be a name: letters, digits and _ only, a letter first.`;
}
