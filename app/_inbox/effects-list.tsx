import { PenLine, Send, TriangleAlert, Undo2 } from 'lucide-react';
import { Badge } from '#app/_ui/badge.tsx';
import type { TaskView } from '#server/inbox/types.ts';

/** What happens after an approval; beside each effect stands whether it can be undone. */
export function EffectsList({ effects }: { effects: TaskView['effects'] }) {
  if (effects.length === 0) return null;
  return (
    <section className="mt-5">
      <h3 className="text-12 leading-5 font-semibold">If you approve</h3>
      <ul className="mt-1.5 border-t border-line">
        {effects.map((effect) => {
          const Icon = effect.reversible ? PenLine : Send;
          return (
            <li
              key={effect.text}
              className="flex min-h-9 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line py-1"
            >
              <Icon size={14} className="flex-none text-fg-3" aria-hidden="true" />
              <span className="min-w-0 flex-1 max-phone:basis-[calc(100%-30px)]">{effect.text}</span>
              {effect.reversible ? (
                <Badge icon={<Undo2 size={12} />} className="max-phone:ml-[22px]">
                  can be undone
                </Badge>
              ) : (
                <Badge tone="warn" icon={<TriangleAlert size={12} />} className="max-phone:ml-[22px]">
                  cannot be undone
                </Badge>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
