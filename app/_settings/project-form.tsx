'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FieldErrors, type UseFormRegister, useForm } from 'react-hook-form';
import { FormFailure } from '#app/_api/form-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input, Textarea } from '#app/_ui/input.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { ProjectView } from '#server/projects/types.ts';
import { type SettingsValues, settingsForm, toSettings, toValues } from './form.ts';
import { Group } from './group.tsx';

/** Name, risk threshold, hosts, sender and model of the project. */
export function ProjectForm({ project }: { project: ProjectView }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const { register, handleSubmit, formState, reset } = useForm({
    resolver: zodResolver(settingsForm),
    defaultValues: toValues(project.name, project.settings),
  });
  const save = useMutation(
    trpc.projects.update.mutationOptions({
      onSuccess: async () => {
        sayDone('Saved');
        await queryClient.invalidateQueries(trpc.projects.pathFilter());
      },
    }),
  );
  const { errors, isDirty } = formState;
  return (
    <form
      noValidate
      onSubmit={handleSubmit((values) =>
        save.mutate({ projectId, name: values.name, settings: toSettings(values) }, { onSuccess: () => reset(values) }),
      )}
    >
      <Group title="Project">
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...register('name')} />}
        </Field>
        <Field
          label="Risk threshold"
          error={errors.riskThreshold?.message}
          hint="From 0 to 1. An action whose risk reaches it waits for your approval. 0 asks always."
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              max={1}
              step={0.05}
              className="max-w-28"
              {...register('riskThreshold', { valueAsNumber: true })}
            />
          )}
        </Field>
        <Outside register={register} errors={errors} project={project} />
        <FormFailure error={save.error} />
        <div>
          <Button type="submit" variant="primary" size="lg" busy={save.isPending} disabled={!isDirty}>
            Save settings
          </Button>
        </div>
      </Group>
    </form>
  );
}

type OutsideProps = {
  register: UseFormRegister<SettingsValues>;
  errors: FieldErrors<SettingsValues>;
  project: ProjectView;
};

/** What the project reaches outside: hosts, mail, model. */
function Outside({ register, errors, project }: OutsideProps) {
  return (
    <>
      <Field
        label="Hosts that requests may reach"
        error={errors.allowedHosts?.message}
        hint="Public addresses are always allowed; name hosts of your own network here, one per line, like erp.local:8080."
      >
        {(control) => <Textarea {...control} className="font-mono text-12" {...register('allowedHosts')} />}
      </Field>
      <Field
        label="Mail from"
        error={errors.mailFrom?.message}
        hint="For example Northwind Foods <sales@northwind.example>. Empty: the address that the mail server is set up with."
      >
        {(control) => <Input {...control} {...register('mailFrom')} />}
      </Field>
      <Field
        label="Model"
        error={errors.model?.message}
        hint={`Used where a node names none. Empty: ${defaultModel(project)}.`}
      >
        {(control) => <Input {...control} {...register('model')} />}
      </Field>
    </>
  );
}

function defaultModel({ connections: { model } }: ProjectView): string {
  return model.rehearsal ? 'the rehearsal provider, offline' : `${model.model}, ${model.provider}`;
}
