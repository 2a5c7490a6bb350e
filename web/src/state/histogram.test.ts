import { expect, it } from 'vitest';
import type { QueryResult } from '../api/types';
import { histogramOf } from './histogram';

it('adds up spellings of a level, finds columns by type and widens for rows from the future', () => {
  const result: QueryResult = {
    columns: [
      { name: 'timestamp', type: 'datetime' },
      { name: 'level', type: 'string' },
      { name: 'count_', type: 'long' },
    ],
    rows: [
      ['1970-01-01T00:00:02.0000000Z', 'warn', 2],
      ['1970-01-01T00:00:02.0000000Z', 'WARNING', 3],
      ['1970-01-01T00:00:01.0000000Z', null, 1],
      ['1970-01-01T00:00:10.0000000Z', 'error', 1],
      [null, 'error', 7],
    ],
    truncated: false,
    stats: { elapsedMs: 1, rowsScanned: 6 },
  };
  const data = histogramOf(result, 0, 5000, 1000);
  expect(data).toMatchObject({ total: 7, toMs: 11_000, byLevel: { warn: 5, other: 1, error: 1 } });
  expect(data.bins.map(({ atMs, total }) => [atMs, total])).toEqual([
    [1000, 1],
    [2000, 5],
    [10_000, 1],
  ]);
});
