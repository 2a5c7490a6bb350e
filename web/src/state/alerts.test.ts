import { expect, it } from 'vitest';
import type { Alert } from '../api/types';
import { alertRowsUrl, byUrgency, keyText, lanesOf } from './alerts';
import { parseExplorer } from './explorerUrl';

const alert = (part: Partial<Alert>): Alert => ({
  kind: 'condition',
  id: '1',
  rule: 'errors',
  key: { service: 'payments' },
  state: 'firing',
  severity: 2,
  startedAt: '2026-11-20T10:05:00Z',
  firingSince: null,
  resolvedAt: null,
  firedAt: '2026-11-20T10:05:02Z',
  revision: 1,
  corrected: false,
  estimated: false,
  windowStart: '2026-11-20T10:00:00Z',
  windowEnd: '2026-11-20T10:05:00Z',
  values: {},
  labels: {},
  annotations: {},
  query: 'logs | where service == "payments"',
  ...part,
});

it('links to the rows behind an alert, with a window of context on both sides', () => {
  const state = parseExplorer(new URL(alertRowsUrl(alert({})), 'http://x').search);
  expect(state.kql).toBe('logs | where service == "payments"');
  expect(state.range).toEqual({ kind: 'absolute', from: '2026-11-20T09:55:00.000Z', to: '2026-11-20T10:10:00.000Z' });
});

it('sorts by severity, then newest', () => {
  const list = [
    alert({ id: 'a', severity: 3 }),
    alert({ id: 'b' }),
    alert({ id: 'c', startedAt: '2026-11-20T11:00:00Z' }),
  ];
  expect(list.sort(byUrgency).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

it('names keys and makes lanes', () => {
  expect(keyText({ service: 'payments', code: 500 })).toBe('service payments, code 500');
  expect(keyText({ service: '', term: 'x' })).toBe('service –, term x');
  expect(keyText({})).toBe('');
  expect(
    lanesOf([alert({ rule: 'b' }), alert({ rule: 'a' }), alert({ rule: 'b' })], 9).map(({ rule }) => rule),
  ).toEqual(['b', 'a']);
});
