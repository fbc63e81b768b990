import { absolute, bytes } from '#app/_ui/format.ts';
import type { Row } from './tree.ts';

/** Says of what the retention policy removed since when, and which hash is left. */
export function Removed({ row: { node, step } }: { row: Row }) {
  const gone = [node, step?.removed ?? null].find((one) => one && 'removedAt' in one && one.removedAt !== null);
  if (!gone || !('removedAt' in gone) || gone.removedAt === null) return null;
  const size = 'bytes' in gone ? `, ${bytes(gone.bytes)}` : '';
  return (
    <p className="text-11 leading-4 text-st-waiting">
      Removed by retention on {absolute(gone.removedAt)}
      {gone.sha256 && (
        <>
          {size}, SHA-256{' '}
          <code className="font-mono" title={gone.sha256}>
            {gone.sha256.slice(0, 12)}
          </code>
        </>
      )}
    </p>
  );
}
