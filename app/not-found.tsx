import Link from 'next/link';
import { AccessCard } from './_access/access-card.tsx';

export default function NotFound() {
  return (
    <AccessCard title="Nothing is at this address" lead="The page was moved, or the link is incomplete.">
      <Link href="/" className="font-medium text-accent-text hover:underline">
        Go to your project
      </Link>
    </AccessCard>
  );
}
