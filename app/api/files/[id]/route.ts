import { route } from '#server/access/route.ts';
import { serveFile } from '#server/files/serve-file.ts';

export const GET = route('operator', ({ request, params, operator }) => serveFile(request, params.id ?? '', operator));
