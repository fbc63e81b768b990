/** What the key of a connection is sealed for. */
export const purposeOf = (connectionId: string): string => `model_connection:${connectionId}`;
