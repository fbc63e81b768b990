'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { Button } from '#app/_ui/button.tsx';
import { plural } from '#app/_ui/format.ts';
import { Select } from '#app/_ui/select.tsx';
import type { Binding, Prompt, PromptVariable } from '#nodes/core/graph.ts';
import { fillPrompt, variableType } from '#nodes/core/prompts.ts';
import { describeType } from '#nodes/core/types.ts';
import { expressionsOf, promptFromText } from '../../document/prompt-from-text.ts';
import { usersOf } from '../../document/prompts.ts';
import { useGraph, useSession } from '../../session/context.ts';
import { Findings, useFindings } from '../findings.tsx';
import { useNode } from '../node-context.ts';
import { CodeField } from '../reading/code-field.tsx';
import { useFields, useScope } from '../reading/context.ts';
import { PreviewLine } from '../reading/preview-line.tsx';
import { ScopeButton } from '../reading/scope-button.tsx';
import { useActiveField } from '../reading/use-active-field.ts';
import { PromptEditor } from './prompt-editor.tsx';

type PromptBinding = Extract<Binding, { kind: 'prompt' }>;

type Props = {
  input: string;
  label: string;
  /** What is bound: a prompt, or what stands there until one is chosen. */
  binding: Binding | undefined;
  bind: (binding: Binding | null) => void;
};

const none: readonly Prompt[] = [];
/** No id of a prompt can be one of these. */
const [choose, add] = ['$choose', '$new'];

/** An input that is given by a prompt of the pipeline: which, what stands for its variables, and the prompt itself. */
export function PromptField({ input, label, binding, bind }: Props) {
  const prompts = useGraph((graph) => graph.prompts) ?? none;
  const make = useMakePrompt(input, binding);
  const bound = binding?.kind === 'prompt' ? binding : null;
  const prompt = prompts.find(({ id }) => id === bound?.prompt);
  const text = textOf(binding);
  const options = [
    ...(bound ? [] : [{ value: choose as string, label: 'Choose a prompt' }]),
    ...(bound && !prompt ? [{ value: bound.prompt, label: `${bound.prompt} (not there)` }] : []),
    ...prompts.map(({ id, title }) => ({ value: id, label: title })),
    { value: add as string, label: text === '' ? 'New prompt' : 'New prompt from this text' },
  ];
  const pick = (id: string) => {
    if (id === add) void make();
    else if (id !== choose && id !== bound?.prompt)
      bind({
        kind: 'prompt',
        prompt: id,
        values: keptValues(
          bound,
          prompts.find((each) => each.id === id),
        ),
      });
  };
  return (
    <div className="grid grid-cols-1 gap-2">
      <Select
        label={`Which prompt for ${label}`}
        className="w-full"
        value={bound?.prompt ?? (choose as string)}
        options={options}
        onChange={pick}
      />
      {!bound && text !== '' && <p className="line-clamp-3 px-0.5 text-12 text-fg-3">{text}</p>}
      {bound && prompt && <Bound input={input} binding={bound} prompt={prompt} bind={bind} />}
    </div>
  );
}

/** Makes a prompt of the text that stands there, and gives it. */
function useMakePrompt(input: string, binding: Binding | undefined): () => Promise<void> {
  const { document } = useSession();
  const { node, declaration } = useNode();
  const { language } = useFields();
  const { scope } = useScope({ kind: 'input', nodeId: node.id, input });
  return async () => {
    document.flush();
    const template = textOf(binding);
    const types = await language.types(expressionsOf(template), scope?.variables ?? {});
    const title = `${node.title || declaration.title} prompt`;
    const made = promptFromText(document.store.getState().graph, { title, template, types });
    const bind = { nodeId: node.id, input, binding: made.binding };
    document.dispatch({ kind: 'add-prompt', prompt: made.prompt, bind });
  };
}

function textOf(binding: Binding | undefined): string {
  if (binding?.kind === 'template') return binding.template;
  return binding?.kind === 'value' && typeof binding.value === 'string' ? binding.value : '';
}

/** Variables of the same name keep what stood for them. */
function keptValues(before: PromptBinding | null, prompt: Prompt | undefined): Record<string, string> {
  const names = new Set(prompt?.variables.map(({ name }) => name));
  return Object.fromEntries(Object.entries(before?.values ?? {}).filter(([name]) => names.has(name)));
}

type BoundProps = { input: string; binding: PromptBinding; prompt: Prompt; bind: Props['bind'] };

function Bound({ input, binding, prompt, bind }: BoundProps) {
  const others = useOthers(prompt.id);
  const [chosen, setOpen] = useState<boolean | null>(null);
  const open = chosen ?? others.length === 0;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      {prompt.variables.map((variable) => (
        <VariableValue
          key={variable.name}
          input={input}
          variable={variable}
          value={binding.values[variable.name] ?? ''}
          onChange={(expr) => bind({ ...binding, values: withValue(binding.values, variable.name, expr) })}
        />
      ))}
      <Button
        size="sm"
        variant="ghost"
        className="justify-self-start"
        aria-expanded={open}
        icon={<Chevron size={13} />}
        onClick={() => setOpen(!open)}
      >
        {others.length === 0 ? 'Text of the prompt' : `Text of the prompt, also of ${others.join(', ')}`}
      </Button>
      {open && <PromptEditor prompt={prompt} />}
      <Filled input={input} binding={binding} prompt={prompt} />
    </>
  );
}

/** What the prompt says here, on the values that are at hand. */
function Filled({ input, binding, prompt }: Omit<BoundProps, 'bind'>) {
  const { node } = useNode();
  const wrong = useFindings(`inputs.${input}`).some(({ severity }) => severity === 'error');
  const template = fillPrompt(prompt, binding.values);
  const request = useMemo(() => ({ source: { kind: 'template', template } as const }), [template]);
  if (wrong || template.trim() === '') return null;
  return <PreviewLine field={{ kind: 'input', nodeId: node.id, input }} request={request} quiet={false} />;
}

function withValue(values: Readonly<Record<string, string>>, name: string, expr: string): Record<string, string> {
  const { [name]: _before, ...rest } = values;
  return expr.trim() === '' ? rest : { ...values, [name]: expr };
}

/** Titles of the other nodes that the prompt is given to. */
function useOthers(promptId: string): string[] {
  const { node } = useNode();
  const nodes = useGraph((graph) => graph.nodes);
  return useMemo(() => {
    const others = usersOf({ nodes }, promptId).filter((id) => id !== node.id);
    const titles = others.flatMap((id) => {
      const other = nodes.find((each) => each.id === id);
      return other ? [other.title || definitions.get(other.type)?.title || id] : [];
    });
    return titles.length > 3 ? [...titles.slice(0, 2), plural(titles.length - 2, 'other node')] : titles;
  }, [nodes, promptId, node.id]);
}

type ValueProps = {
  input: string;
  variable: PromptVariable;
  value: string;
  onChange: (expr: string) => void;
};

/** What stands for one variable of the prompt here. */
function VariableValue({ input, variable, value, onChange }: ValueProps) {
  const { node } = useNode();
  const { name } = variable;
  const address = `inputs.${input}.values.${name}`;
  const field = { kind: 'input', nodeId: node.id, input } as const;
  const findings = useFindings(address);
  const active = useActiveField({ field, address, label: name, into: 'cel' });
  const type = variableType(variable);
  return (
    <div
      ref={active.place}
      className="grid grid-cols-1 gap-1 pl-2"
      data-field={address}
      onFocusCapture={active.onFocus}
    >
      <div className="flex min-h-6 items-center gap-1.5">
        <span className="min-w-0 flex-none truncate font-mono text-12">{name}</span>
        <span className="min-w-0 flex-1 truncate text-11 text-fg-3">{describeType(type)}</span>
        <ScopeButton active={active} />
      </div>
      <CodeField
        field={field}
        active={active}
        language="cel"
        label={`Value for ${name}`}
        placeholder="An expression"
        value={value}
        onChange={onChange}
        findings={findings}
        expects={type}
      />
      <Findings findings={findings} />
    </div>
  );
}
