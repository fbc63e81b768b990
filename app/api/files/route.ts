import { route } from '#server/access/route.ts';
import { receiveFile } from '#server/files/receive-file.ts';

export const POST = route('operator', ({ request, operator }) => receiveFile(request, operator));
