import type { Alert, JsonValue } from '../api/types';

/** A value and what would have been well. */
export interface ValueComparison {
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly expected: number | null;
}

/** What the values of an alert are compared with: its band where there is one, or else the limits of its condition. */
export function comparisonsOf(alert: Alert): readonly ValueComparison[] {
  if (alert.kind === 'storm') {
    return [];
  }

  const number = (name: string) => (typeof alert.values[name] === 'number' ? (alert.values[name] as number) : null);
  const [value, low, high] = [number('value'), number('lower'), number('upper')];
  if (value !== null && (low !== null || high !== null)) {
    return [{ name: 'value', value, low, high, expected: number('expected') }];
  }

  return (alert.evidence?.values ?? []).flatMap(({ column, value: found, comparison, limit }): ValueComparison[] => {
    // Evidence is of the moment it fired; the values go on.
    const latest = number(column) ?? found;
    if (latest === null || limit === null) {
      return [];
    }

    // The condition says what is bad; drawn is what is well.
    const known = { name: column, value: latest, expected: null };
    return comparison.startsWith('>')
      ? [{ ...known, low: null, high: limit }]
      : comparison.startsWith('<')
        ? [{ ...known, low: limit, high: null }]
        : [];
  });
}

const bandColumns = ['value', 'expected', 'lower', 'upper', 'score'];

/** The values that no comparison shows already. */
export function otherValues(alert: Alert): readonly (readonly [string, JsonValue])[] {
  const shown = new Set(comparisonsOf(alert).map(({ name }) => name));
  if (shown.has('value') && ('upper' in alert.values || 'lower' in alert.values)) {
    bandColumns.forEach((name) => {
      shown.add(name);
    });
  }

  return alert.kind === 'storm' ? [] : Object.entries(alert.values).filter(([name]) => !shown.has(name));
}
