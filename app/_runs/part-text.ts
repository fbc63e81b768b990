import type { RunPart } from '#server/runs/types.ts';

/** Which part of its pipeline a run does, as it stands behind "draft": "until Draft", "only Draft", "from Draft". */
export function partText({ kind, title }: RunPart): string {
  const words: Record<RunPart['kind'], string> = { one: 'only', until: 'until', from: 'from' };
  return `${words[kind]} ${title}`;
}

/** Of which version a run is, and of which part of it. */
export function versionText({ version, part }: { version: number | null; part: RunPart | null }): string {
  const of = version === null ? 'draft' : `v${version}`;
  return part === null ? of : `${of}, ${partText(part)}`;
}
