const registry = Symbol.for('solograph.process-wide');
type Registry = Map<string, unknown>;

/**
 * One value per process. A bundler may load a module several times in one process; pools and listeners must still
 * be single, so they are kept beside the global object.
 */
export function processWide<T>(name: string, make: () => T): T {
  const holder = globalThis as typeof globalThis & { [registry]?: Registry };
  holder[registry] ??= new Map();
  const known = holder[registry];
  if (!known.has(name)) known.set(name, make());
  return known.get(name) as T;
}

/** Forgets a process-wide value, so that the next use makes a new one. Answers what it was. */
export function forgetProcessWide<T>(name: string): T | undefined {
  const holder = globalThis as typeof globalThis & { [registry]?: Registry };
  const value = holder[registry]?.get(name) as T | undefined;
  holder[registry]?.delete(name);
  return value;
}
