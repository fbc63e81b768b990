/** Where a search looks: within one project always, and optionally about one entity, of some kinds, … */
export type SearchFilter = {
  projectId: string;
  entityId?: string;
  kinds?: string[];
  /** When it happened, epoch milliseconds, both included. */
  since?: number;
  until?: number;
  /** From 0 to 1. */
  minImportance?: number;
};

export const kindsOf = ({ kinds }: SearchFilter): string[] | null => (kinds && kinds.length > 0 ? kinds : null);
