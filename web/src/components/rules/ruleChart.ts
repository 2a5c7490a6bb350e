import type { BacktestLine, BacktestSeries } from '../../api/rules';

export interface RulePlot {
  readonly fromMs: number;
  readonly toMs: number;
  readonly low: number;
  readonly high: number;
  readonly values: readonly (readonly [number, number])[][];
  readonly expected: readonly (readonly [number, number])[][];
  /** The band: time, lower and upper bound; a missing bound is the edge of the plot. */
  readonly band: readonly (readonly [number, number, number])[][];
  readonly thresholds: readonly number[];
  readonly firing: readonly (readonly [number, number])[];
  /** Annotated spans within the plot: from, to, why. */
  readonly leftOut: readonly (readonly [number, number, string])[];
}

/** What another version of the rule makes of the same key. */
export interface EarlierPlot {
  readonly thresholds: readonly number[];
  readonly firing: readonly (readonly [number, number])[];
}

/** The limits that are not the same any more, and when the other version fired. */
export function earlierPlotOf(
  series: BacktestSeries,
  line: BacktestLine | null,
  now: RulePlot,
  column: string,
): EarlierPlot {
  return {
    thresholds: thresholdsOf(series, column).filter((limit) => !now.thresholds.includes(limit)),
    firing: line === null ? [] : firingOf(line, now.toMs),
  };
}

const thresholdsOf = (series: BacktestSeries, name: string) =>
  series.thresholds.filter(({ column }) => column === name).map(({ value }) => value);
const firingOf = (line: BacktestLine, toMs: number) =>
  line.firing.map(({ from, to }) => [Date.parse(from), to ? Date.parse(to) : toMs] as const);

/** Columns that say what a value should be, and are not drawn for their own sake. */
const companions = new Set(['expected', 'lower', 'upper', 'before', 'score']);

/** The columns that can be drawn. */
export const columnsOf = (series: BacktestSeries): readonly string[] =>
  series.columns.filter((name) => !companions.has(name));

/** The column to draw first: conditions say last what they are about (`requests >= 20 and percent > 5`). */
export const mainColumn = (series: BacktestSeries): string =>
  series.thresholds.findLast(({ column }) => columnsOf(series).includes(column))?.column ??
  series.value ??
  series.columns[0] ??
  '';

/** What is drawn of one key of a backtest; runs are cut where nothing is known. */
export function plotOf(series: BacktestSeries, line: BacktestLine, column = mainColumn(series)): RulePlot {
  const startMs = Date.parse(series.start);
  const timeOf = (index: number) => startMs + index * series.stepSeconds * 1000;
  const value = line.values[column] ?? [];
  const lower = line.values.lower ?? [];
  const upper = line.values.upper ?? [];
  const before = line.values.before ?? line.values.expected ?? [];
  const thresholds = thresholdsOf(series, column);
  const known = [...value, ...lower, ...upper, ...before, ...thresholds].filter((each) => each !== null);
  const low = known.reduce((least, each) => Math.min(least, each), 0);
  const high = known.reduce((most, each) => Math.max(most, each), low + 1e-9);
  const toMs = timeOf(Math.max(series.points - 1, 1));
  const bounds = value.map((_, index) => {
    const from = lower[index] ?? null;
    const to = upper[index] ?? null;
    return from === null && to === null ? null : ([timeOf(index), from ?? low, to ?? high] as const);
  });
  return {
    fromMs: startMs,
    toMs,
    low,
    high,
    values: runs(value.map((each, index) => (each === null ? null : ([timeOf(index), each] as const)))),
    expected: runs(before.map((each, index) => (each === null ? null : ([timeOf(index), each] as const)))),
    band: runs(bounds),
    thresholds,
    firing: firingOf(line, toMs),
    leftOut: line.leftOut
      .map(({ from, to, text }) => [Math.max(Date.parse(from), startMs), Math.min(Date.parse(to), toMs), text] as const)
      .filter(([from, to]) => from <= to),
  };
}

function runs<T>(points: readonly (T | null)[]): T[][] {
  const found: T[][] = [];
  let run: T[] | null = null;
  for (const point of points) {
    if (point === null) {
      run = null;
    } else if (run) {
      run.push(point);
    } else {
      run = [point];
      found.push(run);
    }
  }

  return found;
}
