import { runInThisContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askAheadScript, fetchOrTake } from './asked-ahead.ts';

const input = { projectId: 'p', pipelineId: '"</script>' };
const url = `/api/trpc/pipelines.get?batch=1&input=${encodeURIComponent(JSON.stringify({ 0: input }))}`;

/** Runs the page's own script with this for `fetch`. */
function pageWith(fetching: typeof fetch): void {
  vi.stubGlobal('fetch', fetching);
  vi.stubGlobal('sgAskedAhead', undefined);
  runInThisContext(askAheadScript('pipelines.get', input));
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what a page asks ahead', () => {
  it('is one request, taken once', async () => {
    const fetching = vi.fn(async () => new Response('the pipeline'));
    pageWith(fetching);
    expect(await (await fetchOrTake(url)).text()).toBe('the pipeline');
    expect(fetching).toHaveBeenCalledTimes(1);
    await fetchOrTake(url);
    expect(fetching).toHaveBeenCalledTimes(2);
  });

  it('is asked again where it failed', async () => {
    const fetching = vi.fn(async () => new Response('the pipeline'));
    fetching.mockRejectedValueOnce(new TypeError('network'));
    pageWith(fetching);
    expect(await (await fetchOrTake(url)).text()).toBe('the pipeline');
  });

  it('is asked again where nobody took it for long', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const fetching = vi.fn(async () => new Response('the pipeline'));
    pageWith(fetching);
    vi.advanceTimersByTime(60_000);
    await fetchOrTake(url);
    expect(fetching).toHaveBeenCalledTimes(2);
  });

  it('answers nothing else', async () => {
    const fetching = vi.fn(async () => new Response('other'));
    pageWith(fetching);
    await fetchOrTake('/api/trpc/pins.list');
    expect(fetching).toHaveBeenLastCalledWith('/api/trpc/pins.list', undefined);
  });

  it('is asked by a script that no name in it can end', () => {
    const script = askAheadScript('pipelines.get', input);
    expect(script).toContain(JSON.stringify(url));
    expect(script).not.toContain('</script>');
  });
});
