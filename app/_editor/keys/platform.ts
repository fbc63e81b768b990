/** The command key as this machine writes it: ⌘ on Apple's, Ctrl elsewhere. */
export function commandKey(): string {
  return isApple() ? '⌘' : 'Ctrl';
}

/** A key with the command key held, as it is written: `⌘K`, `Ctrl K`. */
export function withCommand(key: string): string {
  return isApple() ? `⌘${key}` : `Ctrl ${key}`;
}

export function isApple(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
}
