/** Key of a change where an earlier attempt, with other input, changed another entity under the step's own key. */
export const otherKey = (effectKey: string, entityId: string): string => `${effectKey}#${entityId}`;

/** Key of the change that takes another one back, so that it is taken back once. */
export const undoKey = (effectKey: string): string => `${effectKey}!undo`;
