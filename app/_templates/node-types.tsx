import { definitions } from '#app/_canvas/definitions.ts';
import { CategoryTile } from '#app/_ui/category-tile.tsx';

/** The kinds of nodes that a template is made of, as their tiles, named for assistive technology. */
export function NodeTypeTiles({ types }: { types: readonly string[] }) {
  const known = types.map((type) => ({ type, declaration: definitions.get(type) }));
  return (
    <span
      role="img"
      aria-label={`Made of ${known.map(({ type, declaration }) => declaration?.title ?? type).join(', ')}`}
      className="flex flex-wrap gap-1"
    >
      {known.map(({ type, declaration }) => (
        <span key={type} title={declaration?.title ?? type}>
          <CategoryTile category={declaration?.category ?? 'flow'} icon={declaration?.icon ?? 'box'} size="s" />
        </span>
      ))}
    </span>
  );
}
