'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { FormFailure } from '#app/_api/form-failure.tsx';
import { useTRPCClient } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { createOperator } from './auth-client.ts';

const form = z.object({
  name: z.string().trim().min(1, 'Tell your name; decisions are signed with it.').max(100),
  email: z.email('Write an e-mail address, for example you@company.com.'),
  password: z.string().min(10, 'Use at least 10 characters.').max(128, 'Use at most 128 characters.'),
  project: z.string().trim().min(1, 'Give your first project a name.').max(100),
});
type SetupValues = z.infer<typeof form>;

/** Creates the operator and the first project, then opens it. */
export function SetupForm() {
  const client = useTRPCClient();
  const { register, handleSubmit, formState } = useForm<SetupValues>({
    resolver: zodResolver(form),
    defaultValues: { name: '', email: '', password: '', project: '' },
  });
  const create = useMutation({
    mutationFn: async ({ project, ...operator }: SetupValues) => {
      await createOperator(operator);
      const [existing] = await client.projects.list.query();
      if (!existing) return await client.projects.create.mutate({ name: project });
      await client.projects.update.mutate({ projectId: existing.id, name: project });
      return existing;
    },
    onSuccess: ({ id }) => window.location.assign(`/p/${id}/today`),
  });
  const { errors } = formState;
  return (
    <form className="grid gap-3" noValidate onSubmit={handleSubmit((values) => create.mutate(values))}>
      <Field label="Your name" error={errors.name?.message}>
        {(control) => <Input {...control} autoComplete="name" autoFocus {...register('name')} />}
      </Field>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => <Input {...control} type="email" autoComplete="username" {...register('email')} />}
      </Field>
      <Field label="Password" error={errors.password?.message} hint="At least 10 characters.">
        {(control) => <Input {...control} type="password" autoComplete="new-password" {...register('password')} />}
      </Field>
      <Field
        label="First project"
        error={errors.project?.message}
        hint="Your company or product line, for example Northwind Foods."
      >
        {(control) => <Input {...control} autoComplete="organization" {...register('project')} />}
      </Field>
      <FormFailure error={create.error} />
      <Button type="submit" variant="primary" size="lg" busy={create.isPending || create.isSuccess}>
        Create operator
      </Button>
    </form>
  );
}
