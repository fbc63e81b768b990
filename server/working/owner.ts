/** Who has a value at hand: one run, or a named session that runs and the operator share. */
export type Owner = { kind: 'run'; runId: string } | { kind: 'session'; name: string };

/** The owner as it is stored. */
export function ownerKey(owner: Owner): string {
  return owner.kind === 'run' ? `run:${owner.runId}` : `session:${owner.name}`;
}
