'use client';
import { createAuthClient } from 'better-auth/client';

const client = createAuthClient({ basePath: '/api/auth' });

type Answer = { error: { message?: string | undefined; status: number } | null };

/** Signs the operator in. Throws an Error that says what is wrong. */
export async function signIn(credentials: { email: string; password: string }): Promise<void> {
  throwIfRefused(await client.signIn.email(credentials));
}

/** Creates the operator and signs them in. Throws an Error that says what is wrong. */
export async function createOperator(operator: { name: string; email: string; password: string }): Promise<void> {
  throwIfRefused(await client.signUp.email(operator));
}

/** Ends this browser's session. Throws where the server did not answer. */
export async function signOut(): Promise<void> {
  throwIfRefused(await client.signOut());
}

function throwIfRefused({ error }: Answer): void {
  if (!error) return;
  if (error.status === 429) throw new Error('Too many attempts. Wait a minute, then try again.');
  throw new Error(error.message || `The server refused with status ${error.status}. Its log has the reason.`);
}
