import type { Rule, RuleState } from '../api/types';

/** Gravest first: what needs somebody's hand, then what is under way, then what is well. */
export const ruleStates = ['error', 'firing', 'nodata', 'learning', 'pending', 'ok'] as const;

export const ruleSorts = [
  'state',
  'name',
  'lag',
  'rowsIn',
  'late',
  'dropped',
  'corrected',
  'keys',
  'cost',
  'memory',
] as const;
export type RuleSort = (typeof ruleSorts)[number];

export interface RuleView {
  readonly state: RuleState | null;
  readonly text: string;
  readonly sort: RuleSort;
}

/** What the address says of the list. */
export function readRuleView(search: string): RuleView {
  const parameters = new URLSearchParams(search);
  return {
    state: ruleStates.find((each) => each === parameters.get('state')) ?? null,
    text: parameters.get('q') ?? '',
    sort: ruleSorts.find((each) => each === parameters.get('sort')) ?? 'state',
  };
}

/** The address of the list. */
export function formatRuleView({ state, text, sort }: RuleView): string {
  const parameters = new URLSearchParams();
  state !== null && parameters.set('state', state);
  text !== '' && parameters.set('q', text);
  sort !== 'state' && parameters.set('sort', sort);
  return `/rules${parameters.size > 0 ? `?${parameters}` : ''}`;
}

/** The rules that were asked for, in the order asked for: names upwards, figures downwards. */
export function shownRules(rules: readonly Rule[], { state, text, sort }: RuleView): readonly Rule[] {
  const needle = text.trim().toLowerCase();
  return rules
    .filter((rule) => state === null || rule.state === state)
    .filter((rule) => needle === '' || textOf(rule).includes(needle))
    .toSorted((a, b) => compare(a, b, sort) || a.name.localeCompare(b.name));
}

const textOf = (rule: Rule): string =>
  [rule.name, rule.file, rule.query, ...Object.values(rule.labels), ...rule.channels].join('\n').toLowerCase();

function compare(a: Rule, b: Rule, sort: RuleSort): number {
  return sort === 'name'
    ? 0
    : sort === 'state'
      ? ruleStates.indexOf(a.state) - ruleStates.indexOf(b.state)
      : figure(b, sort) - figure(a, sort);
}

function figure(rule: Rule, sort: Exclude<RuleSort, 'name' | 'state'>): number {
  switch (sort) {
    case 'lag':
      return rule.lagSeconds ?? -1;
    case 'rowsIn':
      return rule.rowsIn;
    case 'late':
      return rule.rowsLate;
    case 'dropped':
      return rule.rowsLateDropped;
    case 'corrected':
      return rule.windowsCorrected;
    case 'keys':
      return rule.keys;
    case 'cost':
      return rule.evaluationSeconds;
    case 'memory':
      return rule.stateBytes;
  }
}

/** A source that falls silent holds time back for a minute; what is further behind than that is worth a look. */
const idleSeconds = 90;

/** Whether a rule is so far behind that its alerts come late. */
export const isBehind = (rule: Rule): boolean =>
  (rule.lagSeconds ?? 0) > rule.latenessSeconds + rule.everySeconds + idleSeconds;
