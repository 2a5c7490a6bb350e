import { describe, expect, it } from 'vitest';
import type { Rule } from '../api/types';
import { formatRuleView, isBehind, readRuleView, shownRules } from './rules';

const rule = (name: string, more: Partial<Rule> = {}): Rule => ({
  name,
  file: `${name}.yaml`,
  query: 'logs',
  table: 'logs',
  severity: 3,
  everySeconds: 60,
  windowSeconds: 60,
  latenessSeconds: 30,
  state: 'ok',
  error: null,
  lastEvaluated: null,
  watermark: null,
  lagSeconds: 1,
  rowsIn: 0,
  rowsTaken: 0,
  rowsLate: 0,
  rowsLateDropped: 0,
  rowsBackfill: 0,
  rowsFuture: 0,
  rowsShed: 0,
  keys: 0,
  tooManyKeys: false,
  windowsCorrected: 0,
  learnt: null,
  series: null,
  evaluationSeconds: 0,
  stateBytes: 0,
  labels: {},
  annotations: {},
  channels: [],
  ...more,
});
const names = (rules: readonly Rule[]) => rules.map(({ name }) => name);

describe('the list of rules', () => {
  const list = [rule('b', { keys: 1 }), rule('a', { labels: { team: 'Pay' } }), rule('c', { state: 'error', keys: 9 })];

  it('shows what is wrong first, then by name', () => {
    expect(names(shownRules(list, readRuleView('')))).toEqual(['c', 'a', 'b']);
  });

  it('sorts figures downwards and finds text in labels', () => {
    expect(names(shownRules(list, readRuleView('?sort=keys')))).toEqual(['c', 'b', 'a']);
    expect(names(shownRules(list, readRuleView('?q=pay')))).toEqual(['a']);
    expect(names(shownRules(list, readRuleView('?state=error')))).toEqual(['c']);
  });

  it('keeps its view in the address, and nothing else', () => {
    const view = readRuleView('?state=error&q=a%20b&sort=lag&x=1');
    expect(formatRuleView(view)).toBe('/rules?state=error&q=a+b&sort=lag');
    expect(formatRuleView(readRuleView('?state=odd&sort=odd'))).toBe('/rules');
  });

  it('is behind past lateness, window and what an idle source holds back', () => {
    expect(isBehind(rule('a', { lagSeconds: 170 }))).toBe(false);
    expect(isBehind(rule('a', { lagSeconds: 181 }))).toBe(true);
    expect(isBehind(rule('a', { lagSeconds: null }))).toBe(false);
  });
});
