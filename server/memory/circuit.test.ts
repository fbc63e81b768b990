import { describe, expect, it } from 'vitest';
import { createCircuit, IndexUnavailable } from './circuit.ts';

describe('a circuit', () => {
  it('leaves a server alone for a while after it failed, then tries again', async () => {
    let now = 0;
    let tried = 0;
    const circuit = createCircuit(null, () => now);
    const request = async () => {
      tried += 1;
      if (now < 10_000) throw new Error('refused');
      return 'ok';
    };
    await expect(circuit.run(100, request)).rejects.toThrow(new IndexUnavailable('refused'));
    now = 9_999;
    await expect(circuit.run(100, request)).rejects.toThrow(IndexUnavailable);
    expect(tried).toBe(1);
    expect(circuit.state()).toEqual({ ok: false, reason: 'refused' });
    now = 10_000;
    expect(await circuit.run(100, request)).toBe('ok');
    expect(circuit.state()).toEqual({ ok: true });
  });

  it('waits no longer than it was told', async () => {
    const circuit = createCircuit(null);
    await expect(circuit.run(20, () => new Promise(() => undefined))).rejects.toThrow('did not answer within 0.02 s');
  });

  it('never tries a server that is not set', async () => {
    const circuit = createCircuit('CHROMA_URL is not set.');
    await expect(circuit.run(20, async () => 'ok')).rejects.toThrow('CHROMA_URL is not set.');
    expect(circuit.state()).toEqual({ ok: false, reason: 'CHROMA_URL is not set.' });
  });
});
