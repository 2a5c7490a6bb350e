import { describe, expect, it } from 'vitest';
import type { Alert } from '../api/types';
import { comparisonsOf, otherValues } from './evidence';

const alert = (values: Alert['values'], found: NonNullable<Alert['evidence']>['values'] = []) =>
  ({ values, evidence: { values: found, patterns: [], samples: [] } }) as unknown as Alert;

describe('what a value is compared with', () => {
  it('is the band where there is one, on one side or both', () => {
    const band = { value: 125, expected: 26.5, lower: 0, upper: 60, score: 2 };
    expect(comparisonsOf(alert(band, [{ column: 'lower', value: 0, comparison: 'lower', limit: null }]))).toEqual([
      { name: 'value', value: 125, low: 0, high: 60, expected: 26.5 },
    ]);
    expect(comparisonsOf(alert({ value: 5, upper: 3 }))[0]).toMatchObject({ low: null, high: 3, expected: null });
  });

  it('leaves the values that are not compared', () => {
    const found = [{ column: 'errors', value: 11, comparison: '>', limit: 10 }];
    expect(otherValues(alert({ errors: 17, slowest: 3 }, found))).toEqual([['slowest', 3]]);
    expect(otherValues(alert({ value: 5, upper: 3, score: 2 }))).toEqual([]);
    expect(comparisonsOf(alert({ errors: 17 }, found))[0]?.value).toBe(17);
  });

  it('is what the condition lets be, its limit turned round', () => {
    const values = [
      { column: 'errors', value: 17, comparison: '>=', limit: 10 },
      { column: 'rows', value: 3, comparison: '<', limit: 20 },
      { column: 'odd', value: 3, comparison: '==', limit: 3 },
      { column: 'none', value: null, comparison: '>', limit: 3 },
    ];
    expect(comparisonsOf(alert({ errors: 17 }, values))).toEqual([
      { name: 'errors', value: 17, low: null, high: 10, expected: null },
      { name: 'rows', value: 3, low: 20, high: null, expected: null },
    ]);
  });
});
