import { describe, expect, it } from 'vitest';
import { absolute, binStep, boundsOf, formatRange, parseRange, relativeChoices, spanOf, zoom } from './timeRange';

const now = Date.parse('2026-11-20T12:00:00.000Z');

describe('time ranges', () => {
  it('round-trips every choice', () => {
    for (const choice of [...relativeChoices, '90s', 'all']) {
      const range = parseRange(choice);
      expect(range && formatRange(range)).toBe(choice);
    }
  });

  it.each(['', '0m', '-5m', '5', '5y', '1e9m', '99999999d'])('refuses %j', (text) => {
    expect(parseRange(text)).toBeNull();
  });

  it('leaves the end of a relative range open', () => {
    expect(boundsOf({ kind: 'relative', seconds: 900 }, now)).toEqual({ from: '2026-11-20T11:45:00.000Z' });
    expect(spanOf({ kind: 'relative', seconds: 900 }, now)).toEqual({ fromMs: now - 900_000, toMs: null });
    expect(boundsOf({ kind: 'all' }, now)).toEqual({});
  });

  it('sends absolute ends as they were written', () => {
    const range = { kind: 'absolute', from: '2026-11-20T00:00:00.0000001Z', to: '2026-11-21T00:00:00Z' } as const;
    expect(boundsOf(range, now)).toEqual({ from: range.from, to: range.to });
  });

  it('puts ends in order and never makes an empty range', () => {
    expect(absolute(2000, 1000)).toEqual(absolute(1000, 2000));
    expect(absolute(1000, 1000)).toEqual({
      kind: 'absolute',
      from: '1970-01-01T00:00:01.000Z',
      to: '1970-01-01T00:00:01.001Z',
    });
  });

  it('chooses round steps', () => {
    expect(binStep(3_600_000, 120).kql).toBe('30s');
    expect(binStep(86_400_000, 100).kql).toBe('15m');
    expect(binStep(5, 100).kql).toBe('1ms');
    expect(binStep(1e15, 100).kql).toBe('3640d');
  });

  it('zooms around a point', () => {
    expect(zoom(0, 1000, 0.5)).toEqual(absolute(250, 750));
    expect(zoom(0, 1000, 0.5, 0)).toEqual(absolute(0, 500));
    expect(zoom(1000, 2000, 2)).toEqual(absolute(500, 2500));
  });
});
