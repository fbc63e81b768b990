const key = 'solograph.project';

/** Id of the project that was open last in this browser. Null where the browser keeps nothing. */
export function lastProject(): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null; // storage is switched off: the first project opens
  }
}

/** Remembers the open project for the next visit, where the browser allows it. */
export function rememberProject(projectId: string): void {
  try {
    window.localStorage.setItem(key, projectId);
  } catch {
    // storage is switched off or full: only the convenience is lost
  }
}
