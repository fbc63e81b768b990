'use client';
import { Play, RotateCcw } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { JsonField } from '../inspector/fields/json-field.tsx';
import { withCommand } from '../keys/platform.ts';
import { useSession } from '../session/context.ts';
import { unsafeWrites } from './effects.ts';
import { rememberedValues, rememberTrigger, rememberValues } from './remembered.ts';
import { RunCost } from './run-cost.tsx';
import { RunFieldEditor } from './run-field-editor.tsx';
import { fieldOf, inputOf, jsonProblem, problemsOf, type RunForm, toRemember } from './run-form.ts';
import { starterOf } from './starter.ts';
import { UseSample } from './use-sample.tsx';
import { useStart } from './use-start.ts';
import { useValues } from './use-values.ts';
import { WritesNotice } from './writes-notice.tsx';

/** All of the draft or of the published version, or the draft until a node. */
export type Start = { kind: 'whole'; source: 'draft' | 'published' } | { kind: 'until'; nodeId: string };

type Props = { form: RunForm; graph: Graph; start: Start; title: string; onClose: () => void; choose: ReactNode };

/** What a trigger asks for, beginning with what was given last; Ctrl+Enter starts. */
export function StartForm(props: Props) {
  const { form } = props;
  return form.kind === 'fields' ? <FieldsForm {...props} form={form} /> : <JsonForm {...props} form={form} />;
}

type FieldsForm = Props & { form: Extract<RunForm, { kind: 'fields' }> };

function FieldsForm({ form, ...rest }: FieldsForm) {
  const { pipelineId } = useSession();
  const { fields, trigger } = form;
  const { values, notes, set } = useValues(form);
  const [asked, setAsked] = useState(false);
  const problems = problemsOf(fields, values);
  return (
    <Frame
      {...rest}
      form={form}
      refused={Object.keys(problems).length > 0}
      given={Object.keys(problems).length > 0 ? null : inputOf(fields, values)}
      onAsk={() => setAsked(true)}
      input={() => {
        rememberValues(pipelineId, trigger, toRemember(fields, values));
        return inputOf(fields, values);
      }}
    >
      {(failure) => (
        <>
          {fields.length === 0 && <p className="text-fg-2">This run asks for nothing.</p>}
          {fields.map((field) => (
            <Field
              key={field.name}
              label={field.required ? field.title : `${field.title} (may be left out)`}
              hint={field.help}
              error={
                (asked ? problems[field.name] : null) ??
                notes[field.name] ??
                (fieldOf(fields, failure) === field.name ? failure : null)
              }
            >
              {(control) => (
                <RunFieldEditor
                  field={field}
                  control={control}
                  value={values[field.name] ?? null}
                  onChange={(value) => set({ [field.name]: value })}
                />
              )}
            </Field>
          ))}
          <UseSample fields={fields} onSample={set} />
        </>
      )}
    </Frame>
  );
}

type JsonFormProps = Props & { form: Extract<RunForm, { kind: 'json' }> };

function JsonForm({ form, ...rest }: JsonFormProps) {
  const { pipelineId } = useSession();
  const { trigger, type, example, rest: beside } = form;
  const [value, setValue] = useState<Json | undefined>(() => rememberedValues(pipelineId, trigger).json ?? example);
  const [asked, setAsked] = useState(false);
  const problem = jsonProblem(type, value);
  const name = beside === null ? 'Input of the run' : 'Body of the request';
  return (
    <Frame
      {...rest}
      form={form}
      refused={problem !== null}
      given={problem === null && beside === null ? (value ?? null) : null}
      onAsk={() => setAsked(true)}
      input={() => {
        rememberValues(pipelineId, trigger, { json: value ?? null });
        return beside === null ? (value ?? null) : { ...beside, receivedAt: Date.now(), body: value ?? null };
      }}
    >
      {() => (
        <>
          <Field label={name} error={asked ? problem : null} hint="As JSON, checked against what the trigger takes.">
            {(control) => (
              <JsonField
                value={value}
                onChange={setValue}
                label={name}
                {...(control['aria-describedby'] ? { describedBy: control['aria-describedby'] } : {})}
                tall
              />
            )}
          </Field>
          <Button
            variant="ghost"
            className="justify-self-start"
            icon={<RotateCcw size={14} />}
            onClick={() => setValue(example)}
          >
            Reset to the sample
          </Button>
        </>
      )}
    </Frame>
  );
}

type FrameProps = Omit<Props, 'children'> & {
  refused: boolean;
  /** With what it would be started; null while that is not complete. */
  given: Json | null;
  onAsk: () => void;
  input: () => Json;
  children: (failure: string | null) => ReactNode;
};

function Frame({ form, graph, start, title, onClose, choose, refused, given, onAsk, input, children }: FrameProps) {
  const { pipelineId } = useSession();
  const draft = start.kind === 'until' || start.source === 'draft';
  const { start: begin, busy, failure } = useStart({ draft, onStarted: onClose });
  const submit = () => {
    onAsk();
    if (refused || busy) return;
    rememberTrigger(pipelineId, form.trigger);
    void begin(starterOf(start, form.trigger, input()));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    event.stopPropagation();
    submit();
  };
  const atField = form.kind === 'fields' && fieldOf(form.fields, failure) !== null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={form.title}
      onKeyDown={onKeyDown}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" keys={withCommand('↵')} icon={<Play size={14} />} busy={busy} onClick={submit}>
            Run
          </Button>
        </>
      }
    >
      <form className="grid grid-cols-1 gap-3" onSubmit={(event) => event.preventDefault()}>
        {choose}
        {children(failure)}
        {start.kind === 'until' && <WritesNotice nodes={unsafeWrites(graph)} />}
        {start.kind === 'whole' && <RunCost source={start.source} trigger={form.trigger} given={given} />}
        {failure && !atField && (
          <p role="alert" className="text-12 text-st-failed">
            {failure}
          </p>
        )}
      </form>
    </Dialog>
  );
}
