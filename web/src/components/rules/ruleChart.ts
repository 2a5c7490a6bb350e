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
}

/** What another version of the rule makes of the same key. */
export interface EarlierPlot {
  readonly thresholds: readonly number[];
  readonly firing: readonly (readonly [number, number])[];
}

/** The limits that are not the same any more, and when the other version fired. */
export function earlierPlotOf(series: BacktestSeries, line: BacktestLine | null, now: RulePlot): EarlierPlot {
  return {
    thresholds: thresholdsOf(series).filter((limit) => !now.thresholds.includes(limit)),
    firing: line === null ? [] : firingOf(line, now.toMs),
  };
}

const thresholdsOf = (series: BacktestSeries) =>
  series.thresholds.filter(({ column }) => column === series.value).map(({ value }) => value);
const firingOf = (line: BacktestLine, toMs: number) =>
  line.firing.map(({ from, to }) => [Date.parse(from), to ? Date.parse(to) : toMs] as const);

/** What is drawn of one key of a backtest; runs are cut where nothing is known. */
export function plotOf(series: BacktestSeries, line: BacktestLine): RulePlot {
  const startMs = Date.parse(series.start);
  const timeOf = (index: number) => startMs + index * series.stepSeconds * 1000;
  const column = series.value ?? '';
  const value = line.values[column] ?? [];
  const lower = line.values.lower ?? [];
  const upper = line.values.upper ?? [];
  const before = line.values.before ?? line.values.expected ?? [];
  const thresholds = thresholdsOf(series);
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
