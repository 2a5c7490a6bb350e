import type { Alert } from '../api/types';

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
  const number = (name: string) => (typeof alert.values[name] === 'number' ? (alert.values[name] as number) : null);
  const [value, low, high] = [number('value'), number('lower'), number('upper')];
  if (value !== null && (low !== null || high !== null)) {
    return [{ name: 'value', value, low, high, expected: number('expected') }];
  }

  return (alert.evidence?.values ?? []).flatMap(({ column, value: found, comparison, limit }): ValueComparison[] => {
    if (found === null || limit === null) {
      return [];
    }

    // The condition says what is bad; drawn is what is well.
    const known = { name: column, value: found, expected: null };
    return comparison.startsWith('>')
      ? [{ ...known, low: null, high: limit }]
      : comparison.startsWith('<')
        ? [{ ...known, low: limit, high: null }]
        : [];
  });
}

/** Columns that a comparison shows already. */
export const bandColumns: ReadonlySet<string> = new Set(['value', 'expected', 'lower', 'upper', 'score']);
