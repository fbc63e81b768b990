export type FactRow = {
  id: string;
  entityId: string | null;
  subject: string;
  relation: string;
  /** Null: it is so no longer. */
  object: string | null;
  validFrom: number;
  validTo: number | null;
  source: string;
  /** The fact that this one puts right, and why. */
  corrects: string | null;
  reason: string | null;
  by: string;
  untrusted: boolean;
  runId: string | null;
  itemId: string | null;
  createdAt: number;
  /** current: it holds. superseded: a newer one holds. corrected: it was wrong. over and coming: by its interval. */
  status: 'current' | 'superseded' | 'corrected' | 'over' | 'coming';
};
