import type { AnyNodeDeclaration, Category, NodeDefinitions } from '#nodes/core/define-node.ts';

export type LibraryGroup = { category: Category; title: string; entries: AnyNodeDeclaration[] };

/** A text with the places in it that were searched for. */
export type Marked = { text: string; marked: boolean }[];

/** A node type that was found: its title with what matched, and its description where the match stands there alone. */
export type Found = { declaration: AnyNodeDeclaration; score: number; title: Marked; description: Marked | null };

export const categoryTitles: Record<Category, string> = {
  trigger: 'Triggers',
  model: 'Models',
  memory: 'Memory',
  people: 'People',
  action: 'Actions',
  flow: 'Flow',
  data: 'Data',
};

/** The library by category, triggers first. */
export function libraryGroups(definitions: NodeDefinitions): LibraryGroup[] {
  const all = [...definitions.values()];
  return (Object.keys(categoryTitles) as Category[])
    .map((category) => ({
      category,
      title: categoryTitles[category],
      entries: all.filter((declaration) => declaration.category === category),
    }))
    .filter(({ entries }) => entries.length > 0);
}

/** Node types that nobody searched for, as what is found. */
export function unsearched(declarations: readonly AnyNodeDeclaration[]): Found[] {
  return declarations.map((declaration) => ({
    declaration,
    score: 0,
    title: [{ text: declaration.title, marked: false }],
    description: null,
  }));
}
