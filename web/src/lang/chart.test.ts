import { describe, expect, it } from 'vitest';
import type { Column, QueryResult, Row } from '../api/types';
import { chartOf, ticksOf, timeTicks } from './chart';

const result = (columns: Column[], rows: Row[], visualization?: QueryResult['visualization']): QueryResult => ({
  columns,
  rows,
  visualization,
  truncated: false,
  stats: { elapsedMs: 1, rowsScanned: 1 },
});
const time: Column = { name: 'timestamp', type: 'datetime' };
const service: Column = { name: 'service', type: 'string' };
const count: Column = { name: 'count_', type: 'long' };

describe('chartOf', () => {
  it('makes one line for each name, ascending in time, the greatest first', () => {
    const chart = chartOf(
      result(
        [time, service, count],
        [
          ['2026-11-20T00:01:00Z', 'a', 1],
          ['2026-11-20T00:00:00Z', 'a', 2],
          ['2026-11-20T00:00:00Z', 'b', 9],
        ],
      ),
    );
    expect(chart?.kind === 'time' && chart.series.map(({ name, points }) => [name, points.map(([, y]) => y)])).toEqual([
      ['b', [9]],
      ['a', [2, 1]],
    ]);
  });

  it('shows a lone number as a card and a list of rows as nothing', () => {
    expect(chartOf(result([count], [[5]]))?.kind).toBe('card');
    expect(chartOf(result([service], [['a'], ['b']]))).toBeNull();
  });

  it('honours render', () => {
    const rows: Row[] = Array.from({ length: 15 }, (_, index) => [`s${index}`, index + 1]);
    const pie = chartOf(result([service, count], rows, { Visualization: 'piechart', Title: 'By service' }));
    expect(pie?.kind === 'pie' && [pie.title, pie.slices.length, pie.slices.at(-1)?.value]).toEqual([
      'By service',
      10,
      1 + 2 + 3 + 4 + 5 + 6,
    ]);
    expect(chartOf(result([service, count], rows, { Visualization: 'columnchart' }))?.kind).toBe('column');
  });

  it('leaves out what cannot be drawn', () => {
    const chart = chartOf(
      result(
        [service, { name: 'x', type: 'real' }],
        [
          ['a', 'NaN'],
          ['b', null],
          [null, 2],
        ],
      ),
    );
    expect(chart?.kind === 'bar' && [chart.categories, chart.series[0]?.values]).toEqual([
      ['a', 'b', '–'],
      [0, 0, 2],
    ]);
  });
});

describe('ticks', () => {
  it('are round and cover the values', () => {
    expect(ticksOf(0, 97, 4)).toEqual([0, 25, 50, 75, 100]);
    expect(ticksOf(-3, 7, 5)).toEqual([-4, -2, 0, 2, 4, 6, 8]);
    expect(ticksOf(0, 0, 4).at(-1)).toBeGreaterThan(0);
  });

  it('fall on round local times', () => {
    const nineHours = 9 * 3_600_000;
    const day = Date.parse('2026-11-20T00:00:00Z');
    expect(
      timeTicks(day, day + 86_400_000, 2, nineHours).map((at) => new Date(at).toISOString().slice(11, 16)),
    ).toEqual(['03:00', '15:00']);
  });
});
