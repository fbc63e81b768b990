import type { MemoryHit } from '#nodes/core/capabilities.ts';
import type { Scope } from '#server/db/scoped.ts';
import { pending } from '../pending.ts';

export type MemoryRow = {
  id: string;
  text: string;
  kind: string;
  tier: 'episodic' | 'knowledge';
  source: string;
  untrusted: boolean;
  importance: number;
  at: number;
  entity: { id: string; type: string; key: string } | null;
  runId: string | null;
};
export type MemoryStats = { items: number; chunks: number; indexed: number; embedder: string; vectors: boolean };

export function searchMemory(
  scope: Scope,
  args: { query: string; limit: number },
): Promise<{ hits: MemoryHit[]; vectors: boolean }> {
  return pending();
}
export function recentMemory(
  scope: Scope,
  args: { limit: number; cursor?: string },
): Promise<{ items: MemoryRow[]; next: string | null }> {
  return pending();
}
export function memoryStats(scope: Scope): Promise<MemoryStats> {
  return pending();
}
export function rebuildMemory(scope: Scope): Promise<{ chunks: number; ms: number }> {
  return pending();
}
