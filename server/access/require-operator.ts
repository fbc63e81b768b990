import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { Operator } from '#server/api/context.ts';
import { hasOperator } from './operator.ts';
import { pageFor } from './page-for.ts';
import { sessionOf } from './session.ts';

/**
 * The operator whose session a page is rendered for. Without one the visitor is led to the page that leads to one.
 * The proxy does the same before; a page must not rest on that alone.
 */
export async function requireOperator(): Promise<Operator> {
  const operator = await sessionOf(await headers());
  if (operator) return operator;
  redirect(pageFor({ path: '/', signedIn: false, needsOperator: !(await hasOperator()) }) ?? '/login');
}
