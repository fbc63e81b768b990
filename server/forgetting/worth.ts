/** How much an item of memory is worth keeping, and what of it was learnt from use. */
export const worth = {
  /** What many uses add to the declared importance at most. */
  fromUse: 0.3,
  /** Uses after which two thirds of that are reached. */
  manyUses: 5,
  /** What being recent adds at most, and in how many days it falls to a third. */
  fromRecency: 0.3,
  recentDays: 90,
} as const;

/** The same as SQL over an item `i`: importance, plus what was learnt from its use, plus how lately it was of use. */
export const worthSql = `(i.importance + ${worth.fromUse} * (1 - exp(-i.uses / ${worth.manyUses}.0))
  + ${worth.fromRecency} * exp(-extract(epoch from now() - greatest(i.created_at, i.last_used_at)) / ${worth.recentDays * 86_400}.0))`;

/** Items that no limit takes: kept by the operator, or facts, which are the history of what was so. */
export const mayGoSql = `not i.keep and i.kind <> 'fact'`;
