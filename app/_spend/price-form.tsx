'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { parseDollars, typedDollars } from '#app/_ui/dollars.ts';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { PriceView } from '#server/money/types.ts';

/** The model whose price is set; empty names are asked for. */
export type PricedModel = { provider: string; model: string; price: PriceView | null };

type Typed = { provider: string; model: string; input: string; cached: string; output: string; source: string };

/** Sets a price from now on; the one before stays with what was paid by it. */
export function PriceForm({ of, onClose }: { of: PricedModel; onClose: () => void }) {
  const form = useId();
  const [typed, setTyped] = useState<Typed>(() => typedOf(of));
  const [asked, setAsked] = useState(false);
  const { save, busy, failure } = useSave(onClose);
  const problems = problemsOf(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(problems).length > 0 || busy) return;
    save({
      ...{ provider: typed.provider.trim(), model: typed.model.trim(), source: typed.source },
      inputMicros: parseDollars(typed.input) ?? 0,
      cachedInputMicros: typed.cached.trim() === '' ? null : parseDollars(typed.cached),
      outputMicros: parseDollars(typed.output) ?? 0,
      batchPermille: of.price?.batchPermille ?? 1_000,
      longestAnswer: of.price?.longestAnswer ?? null,
    });
  };
  const line = (name: keyof Typed, label: string, hint?: string) => (
    <Field label={label} hint={hint} error={asked ? (problems[name] ?? null) : null}>
      {(control) => (
        <Input
          {...control}
          value={typed[name]}
          autoComplete="off"
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={of.model === '' ? 'Set a price' : `Price of ${of.model}`}
      description="In dollars for a million tokens, from now on. What was paid keeps its price."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={busy}>
            Set it
          </Button>
        </>
      }
    >
      <form id={form} className="grid gap-3" onSubmit={submit}>
        {of.model === '' && (
          <>
            {line('provider', 'Provider', 'openai, or the host of a compatible server, such as 127.0.0.1:11434.')}
            {line('model', 'Model')}
          </>
        )}
        {line('input', 'Input', '0 says that it is free.')}
        {line('cached', 'Cached input', 'Empty: as other input.')}
        {line('output', 'Output')}
        {line('source', 'Where it is from')}
        {failure && (
          <p role="alert" className="text-12 text-st-failed">
            {failure}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function typedOf({ provider, model, price }: PricedModel): Typed {
  const amount = (micros: number | null | undefined): string => (micros == null ? '' : typedDollars(micros));
  return {
    ...{ provider, model, source: '' },
    input: amount(price?.inputMicros),
    cached: amount(price?.cachedInputMicros),
    output: amount(price?.outputMicros),
  };
}

function problemsOf({ provider, model, input, cached, output }: Typed): Partial<Record<keyof Typed, string>> {
  const wrong = 'Type an amount in dollars, such as 0.40.';
  return {
    ...(provider.trim() === '' ? { provider: 'Name the provider.' } : {}),
    ...(model.trim() === '' ? { model: 'Name the model.' } : {}),
    ...(parseDollars(input) === null ? { input: wrong } : {}),
    ...(cached.trim() !== '' && parseDollars(cached) === null ? { cached: wrong } : {}),
    ...(parseDollars(output) === null ? { output: wrong } : {}),
  };
}

type Price = Pick<PriceView, 'provider' | 'model' | 'inputMicros' | 'cachedInputMicros' | 'outputMicros'> &
  Pick<PriceView, 'batchPermille' | 'longestAnswer' | 'source'>;

function useSave(onSaved: () => void) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const set = useMutation(
    trpc.money.setPrice.mutationOptions({
      onSuccess: (_, { model }) => {
        sayDone('Price set', model);
        onSaved();
      },
      onSettled: () => queryClient.invalidateQueries(trpc.money.pathFilter()),
    }),
  );
  return {
    busy: set.isPending,
    failure: set.error?.message ?? null,
    save: (price: Price) => set.mutate({ projectId, ...price }),
  };
}
