import { route } from '#server/access/route.ts';
import { handleTrpc } from '#server/api/handle-trpc.ts';

export const dynamic = 'force-dynamic';

const handler = route('own', ({ request }) => handleTrpc(request));

export { handler as GET, handler as POST };
