const setup = '/setup';
const login = '/login';

/** Pages that an anonymous visitor may open; each only while it has something to do. */
export const publicPages: readonly string[] = [setup, login];

/**
 * `path` may carry a query.
 * Where a visitor is sent instead of the page they asked for; null: they may have it. The first visit creates the
 * operator; from then on an anonymous visitor signs in and comes back to where they wanted to go.
 */
export function pageFor(visit: { path: string; signedIn: boolean; needsOperator: boolean }): string | null {
  const { signedIn, needsOperator } = visit;
  const [path = '/'] = visit.path.split('?');
  if (signedIn) return publicPages.includes(path) ? '/' : null;
  if (needsOperator) return path === setup ? null : setup;
  if (path === login) return null;
  return path === '/' || path === setup ? login : `${login}?next=${encodeURIComponent(visit.path)}`;
}
