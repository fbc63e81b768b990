import type { Category } from '#nodes/core/define-node.ts';
import { cn } from './cn.ts';
import { NodeIcon } from './node-icon.tsx';

const hues: Record<Category, string> = {
  trigger: 'text-cat-trigger bg-cat-trigger-soft',
  model: 'text-cat-model bg-cat-model-soft',
  memory: 'text-cat-memory bg-cat-memory-soft',
  people: 'text-cat-people bg-cat-people-soft',
  action: 'text-cat-action bg-cat-action-soft',
  flow: 'text-cat-flow bg-cat-flow-soft',
  data: 'text-cat-data bg-cat-data-soft',
};

const sizes = { xs: 'size-[14px] bg-transparent', s: 'size-5 rounded-[5px]', m: 'size-6 rounded-control' } as const;
const glyphs = { xs: 12, s: 12, m: 14 } as const;

/** A node's glyph on the soft fill of its category: the only place where category hue stands. `icon` is the declaration's. */
export function CategoryTile({
  category,
  icon,
  size = 'm',
  className,
}: {
  category: Category;
  icon: string;
  size?: keyof typeof sizes;
  className?: string;
}) {
  return (
    <span
      className={cn('grid flex-none place-items-center', hues[category], sizes[size], className)}
      aria-hidden="true"
    >
      <NodeIcon name={icon} size={glyphs[size]} />
    </span>
  );
}
