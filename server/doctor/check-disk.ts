import fs from 'node:fs/promises';
import { type Finding, finding } from './finding.ts';

const leastBytes = 1e9;

/** Room on the disk of the home, where an embedded Postgres and Chroma keep their data. */
export async function checkDisk(home: string): Promise<Finding[]> {
  const { bavail, bsize } = await fs.statfs(home);
  const free = bavail * bsize;
  const what = `${(free / 1e9).toFixed(1)} GB free`;
  if (free >= leastBytes) return [finding('disk', 'ok', { where: home, what })];
  return [
    finding('disk', 'wrong', {
      where: home,
      what,
      why: 'Postgres stops when there is none',
      todo: 'Make room, or keep less: solograph retention.',
    }),
  ];
}
