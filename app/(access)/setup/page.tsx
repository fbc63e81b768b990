import type { Metadata } from 'next';
import { AccessCard } from '#app/_access/access-card.tsx';
import { SetupForm } from '#app/_access/setup-form.tsx';

export const metadata: Metadata = { title: 'Set up' };

export default function SetupPage() {
  return (
    <AccessCard title="Create the operator" lead="One person runs this installation. That is you.">
      <SetupForm />
    </AccessCard>
  );
}
