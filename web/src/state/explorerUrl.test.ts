import { describe, expect, it } from 'vitest';
import { type ExplorerState, formatExplorer, initialState, parseExplorer } from './explorerUrl';

const roundTrip = (state: ExplorerState) => parseExplorer(new URL(formatExplorer(state), 'http://x').search);

describe('explorer address', () => {
  it('is short for the initial state', () => {
    expect(formatExplorer(initialState)).toBe('/explore');
    expect(parseExplorer('')).toEqual(initialState);
  });

  it.each<Partial<ExplorerState>>([
    { table: 'logs-app', search: '결제 "실패 함" -level:info', limit: 5000 },
    { kql: 'logs\n| where message has "a&b=c#d%20+" // 한글', range: { kind: 'all' } },
    { kql: '' },
    { range: { kind: 'absolute', from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' } },
    {
      columns: ['timestamp', 'a,b', 'http.path', '응답'],
      view: 'chart',
      row: '2026-11-20T00:00:00Z~ab12',
      isTail: true,
    },
    { range: { kind: 'relative', seconds: 300 } },
  ])('round-trips %j', (part) => {
    const state = { ...initialState, ...part };
    expect(roundTrip(state)).toEqual(state);
  });

  it('falls back where the address makes no sense', () => {
    expect(parseExplorer('?range=soon&view=pie&limit=-4&from=2026-11-21&to=2026-11-20')).toEqual(initialState);
    expect(parseExplorer('?limit=999999').limit).toBe(10_000);
  });
});
