import type { Metadata } from 'next';
import { AccessCard } from '#app/_access/access-card.tsx';
import { LoginForm } from '#app/_access/login-form.tsx';
import { safeNext } from '#app/_access/next-path.ts';

export const metadata: Metadata = { title: 'Sign in' };

type Search = { searchParams: Promise<{ next?: string | string[] }> };

export default async function LoginPage({ searchParams }: Search) {
  const { next } = await searchParams;
  return (
    <AccessCard title="Sign in" lead="Welcome back.">
      <LoginForm next={safeNext(next)} />
    </AccessCard>
  );
}
