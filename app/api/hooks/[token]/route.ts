import { route } from '#server/access/route.ts';
import { receiveHook } from '#server/webhooks/receive-hook.ts';

export const POST = route('anyone', ({ request, params }) => receiveHook(request, params.token ?? ''));
