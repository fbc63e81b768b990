'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { toFailure } from '#app/_api/failure.ts';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { JsonField } from '../inspector/fields/json-field.tsx';
import { withCommand } from '../keys/platform.ts';
import { useGraph, useSession } from '../session/context.ts';
import { rememberedValues, rememberValues } from './remembered.ts';
import { RunFieldEditor } from './run-field-editor.tsx';
import { firstValues, inputOf, problemsOf, type RunForm, runForms, toRemember } from './run-form.ts';
import { UseSample } from './use-sample.tsx';

type Source = 'draft' | 'published';
type RunDialogProps = { source: Source; published: number | null; onClose: () => void };

/** Starts a run: asks what its trigger asks for, saves the draft first, and shows the run on the canvas. */
export function RunDialog({ source, published, onClose }: RunDialogProps) {
  const { projectId, pipelineId } = useSession();
  const trpc = useTRPC();
  const draft = useGraph((graph) => graph);
  const version = useQuery(
    trpc.pipelines.version.queryOptions(
      { projectId, pipelineId, number: published ?? 0 },
      { enabled: source === 'published' && published !== null },
    ),
  );
  const graph = source === 'draft' ? draft : version.data?.graph;
  if (!graph)
    return (
      <Dialog open onClose={onClose} title="Run the published version">
        {version.isError ? <QueryFailure error={version.error} /> : <Skeleton className="h-24" />}
      </Dialog>
    );
  return <ChooseStart graph={graph} source={source} onClose={onClose} />;
}

function ChooseStart({ graph, source, onClose }: { graph: Graph; source: Source; onClose: () => void }) {
  const forms = runForms(graph);
  const [chosen, setChosen] = useState<string | null>(null);
  const form = forms.find(({ trigger }) => trigger === chosen) ?? forms[0];
  if (!form)
    return (
      <Dialog open onClose={onClose} title="Nothing starts this pipeline">
        <p>Add a trigger, for example Start by hand, and connect it to what follows.</p>
      </Dialog>
    );
  const choose = forms.length > 1 && (
    <Field label="Start at">
      {({ id }) => (
        <Select
          id={id}
          className="w-full"
          value={form.trigger}
          onChange={setChosen}
          options={forms.map(({ trigger, title }) => ({ value: trigger, label: title }))}
        />
      )}
    </Field>
  );
  return <StartForm key={form.trigger} form={form} source={source} onClose={onClose} choose={choose} />;
}

type StartProps = { form: RunForm; source: Source; onClose: () => void; choose: React.ReactNode };

function StartForm({ form, source, onClose, choose }: StartProps) {
  const { pipelineId } = useSession();
  const fields = form.kind === 'fields' ? form.fields : [];
  const [values, setValues] = useState(() => firstValues(fields, rememberedValues(pipelineId, form.trigger)));
  const [json, setJson] = useState<Json | undefined>(form.kind === 'json' ? form.example : undefined);
  const [asked, setAsked] = useState(false);
  const { start, busy, failure } = useStart(source, onClose);
  const problems = problemsOf(fields, values);
  const submit = () => {
    setAsked(true);
    if (Object.keys(problems).length > 0 || busy) return;
    if (form.kind === 'fields') rememberValues(pipelineId, form.trigger, toRemember(fields, values));
    void start(form.trigger, form.kind === 'fields' ? inputOf(fields, values) : (json ?? null));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    event.stopPropagation();
    submit();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={source === 'draft' ? 'Test run of the draft' : 'Run the published version'}
      description={form.title}
      footer={<Footer busy={busy} onCancel={onClose} onRun={submit} />}
    >
      <form className="grid grid-cols-1 gap-3" onKeyDown={onKeyDown} onSubmit={(event) => event.preventDefault()}>
        {choose}
        {form.kind === 'fields' && fields.length === 0 && <p className="text-fg-2">This run asks for nothing.</p>}
        {fields.map((field) => (
          <Field
            key={field.name}
            label={field.required ? field.title : `${field.title} (may be left out)`}
            hint={field.help}
            error={asked ? problems[field.name] : null}
          >
            {(control) => (
              <RunFieldEditor
                field={field}
                control={control}
                value={values[field.name] ?? null}
                onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
              />
            )}
          </Field>
        ))}
        <UseSample fields={fields} onSample={(files) => setValues((before) => ({ ...before, ...files }))} />
        {form.kind === 'json' && <JsonField value={json} onChange={setJson} label="Input of the run" tall />}
        {failure && (
          <p role="alert" className="text-12 text-st-failed">
            {failure}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function Footer({ busy, onCancel, onRun }: { busy: boolean; onCancel: () => void; onRun: () => void }) {
  return (
    <>
      <Button onClick={onCancel}>Cancel</Button>
      <Button variant="primary" keys={withCommand('↵')} icon={<Play size={14} />} busy={busy} onClick={onRun}>
        Run
      </Button>
    </>
  );
}

/** One request key per dialog: pressing twice, or a lost answer, starts one run. */
function useStart(source: Source, onStarted: () => void) {
  const trpc = useTRPC();
  const session = useSession();
  const [requestKey] = useState(() => crypto.randomUUID());
  const [failure, setFailure] = useState<string | null>(null);
  const mutation = useMutation(trpc.runs.start.mutationOptions());
  const start = async (trigger: string, input: Json) => {
    setFailure(null);
    try {
      if (source === 'draft' && !(await session.autosave.flush())) {
        setFailure('The draft is not saved yet, and a run takes what is saved. See the state beside the name.');
        return;
      }
      const { projectId, pipelineId } = session;
      const { runId } = await mutation.mutateAsync({ projectId, pipelineId, source, trigger, input, requestKey });
      session.live.choose(runId);
      session.ui.setState(({ overlays }) => ({ overlays: { ...overlays, live: true }, dock: 'timeline' }));
      onStarted();
    } catch (error) {
      const { message, todo } = toFailure(error);
      setFailure(`${message} ${todo}`);
    }
  };
  return { start, busy: mutation.isPending, failure };
}
