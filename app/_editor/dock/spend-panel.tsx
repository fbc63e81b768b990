'use client';
import { integer } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import { select } from '../session/actions.ts';
import { useSession } from '../session/context.ts';

/** What the run cost, node by node, to the micro-dollar; the total under the line. */
export function SpendPanel({ run }: { run: RunDetail }) {
  const session = useSession();
  const rows = run.graph.nodes
    .map(({ id, title }) => ({ id, title: title ?? id, status: run.nodes[id] }))
    .filter(({ status }) => (status?.costMicros ?? 0) > 0)
    .sort((a, b) => (b.status?.costMicros ?? 0) - (a.status?.costMicros ?? 0));
  return (
    <table className="my-1 w-full max-w-xl text-12">
      <caption className="sr-only">Spend by node</caption>
      <tbody>
        {rows.map(({ id, title, status }) => (
          <tr key={id} className="hover:bg-hover">
            <td className="py-0.5 pl-4">
              <button type="button" className="hover:underline" onClick={() => select(session, { nodes: [id] })}>
                {title}
              </button>
            </td>
            <td className="text-right text-fg-3">{integer((status?.done ?? 0) + (status?.failed ?? 0))} ended</td>
            <td className="pr-4 text-right">
              <Money micros={status?.costMicros ?? 0} look="statement" />
            </td>
          </tr>
        ))}
        <tr className="border-t border-line-strong font-semibold">
          <td className="py-0.5 pl-4">Settled</td>
          <td />
          <td className="pr-4 text-right">
            <Money micros={run.spendMicros} look="statement" />
          </td>
        </tr>
      </tbody>
    </table>
  );
}
