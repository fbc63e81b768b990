'use client';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { typedDollars } from '#app/_ui/dollars.ts';
import { absolute, plural } from '#app/_ui/format.ts';
import type { PriceView } from '#server/money/types.ts';
import { type PricedModel, PriceForm } from './price-form.tsx';

/** What models cost now, with source and day; what nobody knows the price of stands first. */
export function Prices() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const { data } = useQuery(trpc.money.prices.queryOptions({ projectId }));
  const [editing, setEditing] = useState<PricedModel | null>(null);
  const prices = data?.prices.filter(({ inForce }) => inForce) ?? [];
  const known = new Set(prices.map(({ provider, model }) => `${provider} ${model}`));
  const unpriced = data?.unpriced.filter(({ provider, model }) => !known.has(`${provider} ${model}`)) ?? [];
  return (
    <section className="mt-8" aria-labelledby="prices">
      <header className="flex items-center gap-2">
        <h2 id="prices" className="text-14 font-semibold">
          Prices
        </h2>
        <span className="truncate text-12 text-fg-3">dollars for a million tokens</span>
        <span className="flex-1" />
        <Button icon={<Plus size={14} />} onClick={() => setEditing({ provider: '', model: '', price: null })}>
          Set a price
        </Button>
      </header>
      {unpriced.map(({ provider, model, calls }) => (
        <p
          key={`${provider} ${model}`}
          className="mt-2 flex flex-wrap items-center gap-2 rounded-control bg-st-waiting-soft px-3 py-2 text-12"
        >
          <span className="flex-1">
            <b className="font-medium">{model}</b> of {provider} is unpriced: nobody knows what {plural(calls, 'call')}{' '}
            cost.
          </span>
          <Button size="sm" onClick={() => setEditing({ provider, model, price: null })}>
            Set its price
          </Button>
        </p>
      ))}
      <table aria-label="Prices" className="mt-2 w-full table-fixed text-12 tabular-nums">
        <thead>
          <tr className="text-11 text-fg-3">
            <th className={cn(head, 'text-left')}>Model</th>
            <th className={cn(head, 'w-16')}>Input</th>
            <th className={cn(head, 'w-16 max-phone:hidden')}>Cached</th>
            <th className={cn(head, 'w-16')}>Output</th>
            <th className={cn(head, 'w-16 max-phone:hidden')}>Batch</th>
            <th className={cn(head, 'w-56 pl-4 text-left max-wide:hidden')}>Source</th>
            <th className={cn(head, 'w-20')}>
              <span className="sr-only">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {prices.map((price) => (
            <PriceRow key={price.id} price={price} onChange={() => setEditing({ ...price, price })} />
          ))}
        </tbody>
      </table>
      {editing && <PriceForm of={editing} onClose={() => setEditing(null)} />}
    </section>
  );
}

const head = 'h-6 border-b border-line text-right font-medium';

function PriceRow({ price, onChange }: { price: PriceView; onChange: () => void }) {
  const { provider, model, inputMicros, cachedInputMicros, outputMicros, batchPermille, source, setBy, validFrom } =
    price;
  return (
    <tr className="hover:bg-hover">
      <td className="h-8 truncate" title={`${provider} ${model}`}>
        {model} <span className="text-fg-3">{provider}</span>
      </td>
      <td className="text-right">{typedDollars(inputMicros)}</td>
      <td className="text-right text-fg-3 max-phone:hidden">
        {cachedInputMicros === null ? '–' : typedDollars(cachedInputMicros)}
      </td>
      <td className="text-right">{typedDollars(outputMicros)}</td>
      <td className="text-right text-fg-3 max-phone:hidden">{batchPermille / 10} %</td>
      <td className="truncate pl-4 text-fg-3 max-wide:hidden" title={source}>
        {setBy ? `set by ${setBy}` : source.replace('https://', '')}, {absolute(validFrom)}
      </td>
      <td className="text-right">
        <Button size="sm" variant="ghost" onClick={onChange} aria-label={`Change the price of ${model}`}>
          Change
        </Button>
      </td>
    </tr>
  );
}
