import { route } from '#server/access/route.ts';
import { checkHealth } from '#server/boot/health.ts';

export const dynamic = 'force-dynamic';

export const GET = route('anyone', async () => {
  const health = await checkHealth();
  return Response.json(health, { status: health.ok ? 200 : 503 });
});
