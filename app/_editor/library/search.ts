import fuzzysort from 'fuzzysort';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import { categoryTitles, type Found, type Marked, unsearched } from './groups.ts';

/** Letters that lie scattered over a long text say little: there they count only where they come close to words. */
const enoughInDescription = 0.5;
const enough = 0.2;
const weights = { title: 1, type: 0.95, category: 0.8, description: 0.7 };

/** What a query finds in title, type, category and description, letters left out or not; best first. Empty: all. */
export function searchLibrary(declarations: Iterable<AnyNodeDeclaration>, query: string): Found[] {
  const all = [...declarations];
  const wanted = query.trim();
  if (wanted === '') return unsearched(all);
  return fuzzysort
    .go(wanted, all, {
      keys: ['title', 'type', ({ category }) => categoryTitles[category], 'description'],
      limit: 0,
      threshold: enough,
      scoreFn: (found) => Math.max(...scores(found)),
    })
    .map((found) => {
      const [title = 0, type = 0, category = 0] = scores(found);
      const [inTitle, , , inDescription] = found;
      return {
        declaration: found.obj,
        score: found.score,
        title: title > 0 && inTitle ? marks(inTitle) : [{ text: found.obj.title, marked: false }],
        description: Math.max(title, type, category) < enough && inDescription ? around(marks(inDescription)) : null,
      };
    });
}

type Hit = { score: number; highlight<T>(callback: (match: string) => T): (string | T)[] };

function scores([title, type, category, description]: readonly Hit[]): number[] {
  const there = description && description.score >= enoughInDescription ? description.score : 0;
  return [
    (title?.score ?? 0) * weights.title,
    (type?.score ?? 0) * weights.type,
    (category?.score ?? 0) * weights.category,
    there * weights.description,
  ];
}

function marks(hit: Hit): Marked {
  return hit
    .highlight((text) => ({ text, marked: true }))
    .map((piece) => (typeof piece === 'string' ? { text: piece, marked: false } : piece))
    .filter(({ text }) => text !== '');
}

const leadingLetters = 22;

/** The text from a little before its first match, so that the match is in sight where there is little room. */
function around(pieces: Marked): Marked {
  const [first, ...rest] = pieces;
  if (!first || first.marked || first.text.length <= leadingLetters) return pieces;
  const from = first.text.indexOf(' ', first.text.length - leadingLetters);
  return from < 0 ? pieces : [{ text: `…${first.text.slice(from)}`, marked: false }, ...rest];
}
