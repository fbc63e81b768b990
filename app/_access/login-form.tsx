'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { FormFailure } from '#app/_api/form-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { signIn } from './auth-client.ts';

const form = z.object({
  email: z.email('Write the e-mail address that you set up.'),
  password: z.string().min(1, 'Write your password.'),
});
type LoginValues = z.infer<typeof form>;

/** Signs in and goes on to `next`, a path of this installation. Without an operator it leads to the set-up. */
export function LoginForm({ next }: { next: string }) {
  useSetupWhereNeeded();
  const { register, handleSubmit, formState } = useForm<LoginValues>({
    resolver: zodResolver(form),
    defaultValues: { email: '', password: '' },
  });
  const enter = useMutation({ mutationFn: signIn, onSuccess: () => window.location.assign(next) });
  const { errors } = formState;
  return (
    <form className="grid gap-3" noValidate onSubmit={handleSubmit((values) => enter.mutate(values))}>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => <Input {...control} type="email" autoComplete="username" autoFocus {...register('email')} />}
      </Field>
      <Field label="Password" error={errors.password?.message}>
        {(control) => <Input {...control} type="password" autoComplete="current-password" {...register('password')} />}
      </Field>
      <FormFailure error={enter.error} />
      <Button type="submit" variant="primary" size="lg" busy={enter.isPending || enter.isSuccess}>
        Sign in
      </Button>
    </form>
  );
}

function useSetupWhereNeeded(): void {
  const trpc = useTRPC();
  const router = useRouter();
  const { data } = useQuery(trpc.setup.status.queryOptions());
  useEffect(() => {
    if (data?.needsOperator) router.replace('/setup');
  }, [data, router]);
}
