import { AccessCard } from './_access/access-card.tsx';

export default function NotFound() {
  return (
    <AccessCard title="Nothing is at this address" lead="The page was moved, or the link is incomplete.">
      <a href="/" className="font-medium text-accent-text hover:underline">
        Go to your project
      </a>
    </AccessCard>
  );
}
