import type { NodeDefinitions } from '#nodes/core/define-node.ts';
import { type Found, libraryGroups } from '../library/groups.ts';
import { searchLibrary } from '../library/search.ts';
import type { Fit, Fitting } from './fitting.ts';

/** A node type that the picker offers, and how it fits; null: that is not known. */
export type PickerEntry = Found & { fit: Fit | null };
export type PickerGroup = { title: string; entries: PickerEntry[] };

/**
 * What the picker shows: what fits first, then what can be joined all the same, under the heading `others`. With a
 * query one list, best first, in which what fits is a little ahead. `fitting`: null where it is not known; then
 * everything is offered.
 */
export function pickerGroups(
  definitions: NodeDefinitions,
  query: string,
  { fitting, starred, others }: { fitting: Fitting | null; starred: readonly string[]; others: string },
): PickerGroup[] {
  const offered = libraryGroups(definitions)
    .flatMap(({ entries }) => entries)
    .filter(({ type }) => fitting === null || fitting[type] !== undefined);
  const entries = searchLibrary(offered, query).map((found) => ({
    ...found,
    fit: fitting?.[found.declaration.type] ?? null,
  }));
  if (query.trim() !== '') return [{ title: 'Found', entries: entries.sort(byScore) }].filter(some);
  const ordered = byFavourite(entries, starred);
  const needing = ordered.filter(({ fit }) => fit !== null && !fit.fits);
  const fits = ordered.filter(({ fit }) => fit === null || fit.fits);
  const title = needing.length > 0 ? 'Fits' : 'Nodes';
  return [
    { title, entries: fits },
    { title: others, entries: needing },
  ].filter(some);
}

const ahead = 0.1;

function byScore(a: PickerEntry, b: PickerEntry): number {
  return scoreOf(b) - scoreOf(a);
}

function scoreOf({ score, fit }: PickerEntry): number {
  return score + (fit?.fits ? ahead : 0);
}

function byFavourite(entries: PickerEntry[], starred: readonly string[]): PickerEntry[] {
  const isStarred = ({ declaration }: PickerEntry) => starred.includes(declaration.type);
  return [...entries.filter(isStarred), ...entries.filter((entry) => !isStarred(entry))];
}

function some({ entries }: PickerGroup): boolean {
  return entries.length > 0;
}
