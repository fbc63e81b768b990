import { handleAuth } from '#server/access/handle-auth.ts';
import { route } from '#server/access/route.ts';

const handler = route('own', ({ request }) => handleAuth(request));

export { handler as GET, handler as POST };
