import { type NextRequest, NextResponse } from 'next/server';
import { hasOperator } from '#server/access/operator.ts';
import { isOwnHost, isSameOrigin } from '#server/access/origin.ts';
import { pageFor } from '#server/access/page-for.ts';
import { pagePolicy, securityHeaders } from '#server/access/security-headers.ts';
import { sessionOf } from '#server/access/session.ts';

/** Pages. The API sees to its own access, so that no page rule can open it; files of the build are public. */
export const config = {
  matcher: ['/((?!api/|_next/static/|_next/image|favicon\\.ico$|icon\\.svg$|schema/).*)'],
};

/** Every page needs the session, except the two that lead to one; every page gets a policy with a nonce of its own. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (!isOwnHost(request.headers.get('host')) || !isSameOrigin(request))
    return secured(
      new NextResponse('This installation is not known by that name. Set SOLOGRAPH_URL.', { status: 403 }),
    );
  const signedIn = (await sessionOf(request.headers)) !== null;
  const target = pageFor({
    path: request.nextUrl.pathname + request.nextUrl.search,
    signedIn,
    needsOperator: !signedIn && !(await hasOperator()),
  });
  if (target !== null) return secured(NextResponse.redirect(addressOf(request, target)));
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = pagePolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = secured(NextResponse.next({ request: { headers } }));
  response.headers.set('content-security-policy', policy);
  return response;
}

function addressOf(request: NextRequest, target: string): URL {
  const address = request.nextUrl.clone();
  const [path = '/', search = ''] = target.split('?');
  address.pathname = path;
  address.search = search;
  return address;
}

function secured(response: NextResponse): NextResponse {
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  return response;
}
