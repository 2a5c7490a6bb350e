import { describe, expect, it } from 'vitest';
import type { BacktestSeries } from '../../api/rules';
import { columnsOf, mainColumn, plotOf } from './ruleChart';

const series = (
  values: Record<string, (number | null)[]>,
  thresholds: BacktestSeries['thresholds'] = [],
): BacktestSeries => ({
  start: '2026-11-20T00:01:00.0000000Z',
  stepSeconds: 60,
  points: 4,
  value: 'value',
  columns: Object.keys(values),
  thresholds,
  keyCount: 1,
  lines: [
    { key: {}, alerts: 1, firingWindows: 1, values, firing: [{ from: '2026-11-20T00:03:00Z', to: null }], leftOut: [] },
  ],
});
const draw = (data: BacktestSeries) => plotOf(data, data.lines[0] as BacktestSeries['lines'][number]);
const start = Date.parse('2026-11-20T00:01:00Z');

describe('the columns drawn', () => {
  it('begin with what the condition is about, and leave out what goes with it', () => {
    const data = series({ value: [1], other: [2], lower: [0] }, [
      { column: 'value', op: '>', value: 1 },
      { column: 'other', op: '>', value: 2 },
    ]);
    expect(columnsOf(data)).toEqual(['value', 'other']);
    expect(mainColumn(data)).toBe('other');
    expect(mainColumn({ ...data, thresholds: [] })).toBe('value');
  });
});

describe('plotOf', () => {
  it('cuts annotated spans at the edges, and leaves out those elsewhere', () => {
    const data = series({ value: [1, 2, 3, 4], lower: [0, 0, 0, 0] });
    const span = (from: string, to: string) => ({
      from: `2026-11-20T00:${from}Z`,
      to: `2026-11-20T00:${to}Z`,
      text: from,
    });
    const line = {
      ...(data.lines[0] as BacktestSeries['lines'][number]),
      leftOut: [span('00:00', '02:00'), span('30:00', '40:00')],
    };
    expect(plotOf(data, line).leftOut).toEqual([[start, start + 60_000, '00:00']]);
  });

  it('cuts the line where nothing is known', () => {
    const plot = draw(series({ value: [1, null, 3, 4] }));
    expect(plot.values).toEqual([
      [[start, 1]],
      [
        [start + 120_000, 3],
        [start + 180_000, 4],
      ],
    ]);
    expect(plot.firing).toEqual([[start + 120_000, start + 180_000]]);
  });

  it('holds the band and the thresholds within its bounds', () => {
    const plot = draw(
      series({ value: [1, 2, 3, 4], lower: [null, -2, null, null], upper: [null, 9, 8, null] }, [
        { column: 'value', op: '>', value: 12 },
        { column: 'other', op: '>', value: 99 },
      ]),
    );
    expect([plot.low, plot.high]).toEqual([-2, 12]);
    expect(plot.thresholds).toEqual([12]);
    expect(plot.band).toEqual([
      [
        [start + 60_000, -2, 9],
        [start + 120_000, -2, 8],
      ],
    ]);
  });

  it('draws nothing of a rule without values', () => {
    const plot = draw({ ...series({}), value: null });
    expect([plot.values, plot.band, plot.expected]).toEqual([[], [], []]);
  });
});
