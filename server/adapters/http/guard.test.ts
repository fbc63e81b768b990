import { describe, expect, it } from 'vitest';
import { NodeError } from '#nodes/core/errors.ts';
import { isAllowed, isPublic, resolveTarget } from './guard.ts';

describe('isPublic', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2001:4860:4860::8888', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])(
    'takes %s as public',
    (address) => expect(isPublic(address)).toBe(true),
  );

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine', '127.255.255.254'],
    ['this machine', '::1'],
    ['this machine, in IPv6', '::ffff:127.0.0.1'],
    ['this machine, in IPv6 of old', '::127.0.0.1'],
    ['any address', '0.0.0.0'],
    ['any address', '::'],
    ['a private network', '10.0.0.1'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.1'],
    ['a private network, in IPv6', '::ffff:10.0.0.1'],
    ['a private network', 'fd00::1'],
    ['a provider network', '100.64.0.1'],
    ['the metadata of a cloud machine', '169.254.169.254'],
    ['the metadata of a cloud machine', 'fd00:ec2::254'],
    ['link local', 'fe80::1'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['documentation', '192.0.2.1'],
    ['documentation', '2001:db8::1'],
    ['benchmarks', '198.18.0.1'],
    ['reserved', '240.0.0.1'],
    ['NAT64 to this machine', '64:ff9b::7f00:1'],
    ['NAT64 to anywhere', '64:ff9b::808:808'],
    ['6to4 to this machine', '2002:7f00:1::'],
    ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['nothing that is given out', '4000::1'],
    ['nothing that is given out', '::2'],
  ])('refuses %s: %s', (_what, address) => expect(isPublic(address)).toBe(false));
});

describe('resolveTarget', () => {
  const refusal = async (url: string, allowed: string[] = []) => {
    const thrown: unknown = await resolveTarget(new URL(url), allowed).then(
      () => null,
      (error: unknown) => error,
    );
    return thrown instanceof NodeError ? thrown : null;
  };

  it.each([
    'http://localhost/',
    'http://127.0.0.1:8080/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://user:secret@93.184.215.14/',
  ])('blocks %s before anything is sent', async (url) => {
    const error = await refusal(url);
    expect(error).toMatchObject({ code: 'HTTP_BLOCKED', happened: 'no' });
    expect(error?.message).not.toContain('secret');
  });

  it('says how to allow a host', async () => {
    expect((await refusal('http://localhost:9/'))?.message).toContain('add "localhost:9" to the allowed hosts');
  });

  it('lets a host through that the operator allowed, on the allowed port', async () => {
    expect(await refusal('http://localhost:8080/', ['localhost:8080'])).toBeNull();
    expect(await refusal('http://localhost:8080/', ['LOCALHOST'])).toBeNull();
    expect((await refusal('http://localhost:8081/', ['localhost:8080']))?.code).toBe('HTTP_BLOCKED');
  });

  it('tells a name that does not exist from a refusal', async () => {
    expect(await refusal('http://no-such-host.invalid/')).toMatchObject({ code: 'HTTP_UNAVAILABLE', happened: 'no' });
  });
});

describe('isAllowed', () => {
  it('knows the ports that go without saying', () => {
    expect(isAllowed(new URL('https://erp.local/'), ['erp.local:443'])).toBe(true);
    expect(isAllowed(new URL('http://erp.local/'), ['erp.local:443'])).toBe(false);
    expect(isAllowed(new URL('http://evil-erp.local/'), ['erp.local'])).toBe(false);
  });
});
