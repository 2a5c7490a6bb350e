import { expect, it } from 'vitest';
import type { Comparison } from '../api/rules';
import type { Alert } from '../api/types';
import { comparedLines } from './comparison';

const alert = (host: string, startedAt: string) => ({ key: { host }, startedAt, resolvedAt: null }) as unknown as Alert;

it('puts what a change adds and loses first, and lists the rest', () => {
  const alerts = [
    alert('a', '2026-11-20T01:00:00Z'),
    alert('b', '2026-11-20T01:00:00Z'),
    alert('a', '2026-11-20T03:00:00Z'),
  ];
  const comparison = {
    added: [{ key: { host: 'b' }, startedAt: '2026-11-20T01:00:00Z', resolvedAt: null }],
    lost: [{ key: { host: 'c' }, startedAt: '2026-11-20T02:00:00Z', resolvedAt: null }],
  } as unknown as Comparison;
  expect(
    comparedLines(alerts, comparison).map(({ mark, key, startedAt }) => [mark, key, startedAt.slice(11, 13)]),
  ).toEqual([
    ['lost', 'host c', '02'],
    ['added', 'host b', '01'],
    [null, 'host a', '03'],
    [null, 'host a', '01'],
  ]);
  expect(comparedLines(alerts, null).every(({ mark }) => mark === null)).toBe(true);
});
