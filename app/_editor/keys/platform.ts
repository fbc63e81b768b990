/** The command key as this machine writes it: ⌘ on Apple's, Ctrl elsewhere. */
export function commandKey(): string {
  return isApple() ? '⌘' : 'Ctrl';
}

export function isApple(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
}
