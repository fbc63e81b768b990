/** The path to go to after signing in: only a path of this installation, never another site. */
export function safeNext(asked: string | string[] | undefined): string {
  const path = typeof asked === 'string' ? asked : '';
  return /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/';
}
