'use client';
import { CircleArrowUp } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import { useSession } from '../../session/context.ts';

/** Opens what updating these nodes would change. */
export function UpgradeButton({ nodeIds }: { nodeIds: string[] }) {
  const session = useSession();
  return (
    <Button
      size="sm"
      icon={<CircleArrowUp size={12} />}
      onClick={() => session.ui.setState({ dialog: { kind: 'upgrade', nodeIds } })}
    >
      {nodeIds.length > 1 ? `Update all (${nodeIds.length})…` : 'Update…'}
    </Button>
  );
}
