import type { AnyNodeDeclaration, Category, NodeDefinitions } from '#nodes/core/define-node.ts';

export type LibraryGroup = { category: Category; title: string; entries: AnyNodeDeclaration[] };

const titles: Record<Category, string> = {
  trigger: 'Triggers',
  model: 'Models',
  memory: 'Memory',
  people: 'People',
  action: 'Actions',
  flow: 'Flow',
  data: 'Data',
};

/** The library by category; with a query, what matches it, best first within its category. */
export function libraryGroups(definitions: NodeDefinitions, query: string): LibraryGroup[] {
  const wanted = query.trim().toLowerCase();
  return (Object.keys(titles) as Category[])
    .map((category) => ({ category, title: titles[category], entries: entriesOf(definitions, category, wanted) }))
    .filter(({ entries }) => entries.length > 0);
}

/** Everything that matches, best first, whatever its category. */
export function bestMatches(definitions: NodeDefinitions, query: string): AnyNodeDeclaration[] {
  const wanted = query.trim().toLowerCase();
  return ranked([...definitions.values()], wanted);
}

function entriesOf(definitions: NodeDefinitions, category: Category, wanted: string): AnyNodeDeclaration[] {
  return ranked(
    [...definitions.values()].filter((declaration) => declaration.category === category),
    wanted,
  );
}

function ranked(declarations: AnyNodeDeclaration[], wanted: string): AnyNodeDeclaration[] {
  return declarations
    .map((declaration) => ({ declaration, score: scoreOf(declaration, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ declaration }) => declaration);
}

/** 4: the title begins with it; 3: a word of it does; 2: it holds it; 1: type or description hold it or its letters in order. */
function scoreOf({ title, type, description, category }: AnyNodeDeclaration, wanted: string): number {
  if (wanted === '') return 1;
  const name = title.toLowerCase();
  if (name.startsWith(wanted)) return 4;
  if (name.split(/\s+/).some((word) => word.startsWith(wanted))) return 3;
  if (name.includes(wanted)) return 2;
  const rest = `${type} ${category} ${description}`.toLowerCase();
  return rest.includes(wanted) || hasLetters(name, wanted) ? 1 : 0;
}

function hasLetters(text: string, wanted: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
