import { checkDatabase } from './check-database.ts';
import { checkDisk } from './check-disk.ts';
import { checkEffects } from './check-effects.ts';
import { checkIndex } from './check-index.ts';
import { checkJobs } from './check-jobs.ts';
import { checkMoney } from './check-money.ts';
import { checkSettings } from './check-settings.ts';
import { checkStuck } from './check-stuck.ts';
import { checkSums } from './check-sums.ts';
import { checkWorkers } from './check-workers.ts';
import { type Finding, finding, type Section, sections } from './finding.ts';

export type Examination = { ok: boolean; findings: Finding[] };

/**
 * Looks at everything that can be wrong with an installation, and changes nothing. A look that fails is a finding too.
 * `chromaUrl` stands in for CHROMA_URL.
 */
export async function examine({ home, chromaUrl }: { home: string; chromaUrl?: string }): Promise<Examination> {
  const database = await looked('database', checkDatabase);
  const reachable = database.some(({ level }) => level !== 'wrong');
  const rest: [Section, () => Promise<Finding[]>][] = [
    ['workers', checkWorkers],
    ['jobs', checkJobs],
    ['stuck', checkStuck],
    ['effects', checkEffects],
    ['counters', checkSums],
    ['spend', checkMoney],
    ['index', () => checkIndex(chromaUrl)],
  ];
  const looks = await Promise.all([
    ...(reachable ? rest : []).map(([section, look]) => looked(section, look)),
    looked('disk', () => checkDisk(home)),
  ]);
  const findings = [...database, ...looks.flat(), ...checkSettings()];
  findings.sort((a, b) => sections.indexOf(a.section) - sections.indexOf(b.section));
  return { ok: findings.every(({ level }) => level !== 'wrong'), findings };
}

async function looked(section: Section, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [finding(section, 'wrong', { what: 'could not be looked at', why })];
  }
}
