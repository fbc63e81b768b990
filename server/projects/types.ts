import type { ProjectSettings } from './settings.ts';

export type ProjectRow = { id: string; name: string; createdAt: number };

/** Which model answers when a node names none. `rehearsal`: offline, no language model. */
export type ModelConnection = { provider: string; model: string; rehearsal: boolean };

export type ProjectView = {
  id: string;
  name: string;
  settings: ProjectSettings;
  spentTodayMicros: number;
  waitingTasks: number;
  activeRuns: number;
  connections: { smtp: boolean; model: ModelConnection };
};
