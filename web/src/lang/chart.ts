import type { Cell, Column, QueryResult } from '../api/types';
import { plainText } from './format';

export type ChartKind = 'time' | 'column' | 'bar' | 'pie' | 'card';

/** Beyond this a legend cannot be read any more; the rest is left out and said so. */
export const maxSeries = 12;
export const maxCategories = 60;
const maxSlices = 9;

export interface Series {
  readonly name: string;
  /** Pairs of x (milliseconds, or a number) and y, ascending in x. */
  readonly points: readonly (readonly [number, number])[];
}

export interface CategorySeries {
  readonly name: string;
  readonly values: readonly number[];
}

export type Chart =
  | {
      readonly kind: 'time';
      readonly isTime: boolean;
      readonly style: 'line' | 'area' | 'stack' | 'scatter';
      readonly series: readonly Series[];
      readonly omitted: number;
      readonly title: string | null;
    }
  | {
      readonly kind: 'column' | 'bar';
      readonly isStacked: boolean;
      readonly categories: readonly string[];
      readonly series: readonly CategorySeries[];
      readonly omitted: number;
      readonly title: string | null;
    }
  | {
      readonly kind: 'pie';
      readonly slices: readonly { readonly name: string; readonly value: number }[];
      readonly omitted: number;
      readonly title: string | null;
    }
  | {
      readonly kind: 'card';
      readonly values: readonly { readonly name: string; readonly value: Cell; readonly column: Column }[];
      readonly title: string | null;
    };

const named: Readonly<Record<string, ChartKind>> = {
  timechart: 'time',
  linechart: 'time',
  areachart: 'time',
  stackedareachart: 'time',
  anomalychart: 'time',
  scatterchart: 'time',
  columnchart: 'column',
  barchart: 'bar',
  piechart: 'pie',
  card: 'card',
};

const numeric = new Set(['int', 'long', 'real', 'decimal']);
const isNumeric = (column: Column): boolean => numeric.has(column.type);

/** True when the query asked for a chart by `render`, other than `render table`. */
export function asksForChart(result: QueryResult): boolean {
  const asked = result.visualization?.Visualization;
  return typeof asked === 'string' && asked.toLowerCase() in named;
}

/** The chart a result makes: the one `render` names, else what its columns suggest. Null when it makes none. */
export function chartOf(result: QueryResult): Chart | null {
  const asked = result.visualization?.Visualization?.toLowerCase() ?? null;
  const title = typeof result.visualization?.Title === 'string' ? result.visualization.Title : null;
  const kind = (asked && named[asked]) || guess(result);
  switch (kind) {
    case 'card':
      return cardOf(result, title);
    case 'time':
      return timeOf(result, asked ?? 'timechart', title);
    case 'column':
    case 'bar':
      return categoriesOf(result, kind, title);
    case 'pie':
      return pieOf(result, title);
    default:
      return null;
  }
}

function guess({ columns, rows }: QueryResult): ChartKind | null {
  if (rows.length === 1 && columns.length <= 4 && columns.every(isNumeric)) {
    return 'card';
  }

  if (rows.length < 2 || !columns.some(isNumeric)) {
    return null;
  }

  if (columns.some(({ type }) => type === 'datetime')) {
    return 'time';
  }

  return columns.filter((column) => !isNumeric(column)).length > 0 ? 'bar' : null;
}

/** A cell as a number; NaN where it is none. */
export function numberOf(value: Cell | undefined): number {
  return value === null || value === undefined || value === '' || typeof value === 'object'
    ? Number.NaN
    : Number(value);
}

const xOf = (value: Cell | undefined, isTime: boolean): number =>
  isTime ? (typeof value === 'string' ? Date.parse(value) : Number.NaN) : numberOf(value);

function cardOf({ columns, rows }: QueryResult, title: string | null): Chart | null {
  const row = rows[0];
  const shown = columns.some(isNumeric) ? columns.filter(isNumeric) : columns;
  return row
    ? {
        kind: 'card',
        title,
        values: shown.map((c) => ({ name: c.name, value: row[columns.indexOf(c)] ?? null, column: c })),
      }
    : null;
}

function timeOf(result: QueryResult, asked: string, title: string | null): Chart | null {
  const { columns, rows } = result;
  const timeIndex = columns.findIndex(({ type }) => type === 'datetime');
  const xIndex = timeIndex >= 0 ? timeIndex : columns.findIndex(isNumeric);
  const yIndexes = indexesOf(columns, (column, index) => index !== xIndex && isNumeric(column));
  if (xIndex < 0 || yIndexes.length === 0) {
    return null;
  }

  const nameIndexes = indexesOf(columns, (column, index) => index !== xIndex && !isNumeric(column));
  const points = new Map<string, [number, number][]>();
  for (const row of rows) {
    const x = xOf(row[xIndex], timeIndex >= 0);
    for (const yIndex of yIndexes) {
      const y = numberOf(row[yIndex]);
      if (Number.isFinite(x) && Number.isFinite(y)) {
        const name = seriesName(columns, row, nameIndexes, yIndex, yIndexes.length);
        const list = points.get(name) ?? [];
        list.push([x, y]);
        points.set(name, list);
      }
    }
  }

  const all = Array.from(points, ([name, list]) => ({ name, points: list.sort((a, b) => a[0] - b[0]) })).sort(
    (a, b) => weight(b) - weight(a),
  );
  const isStacked = asked === 'stackedareachart' || String(result.visualization?.Kind ?? '').startsWith('stacked');
  const style = asked === 'scatterchart' ? 'scatter' : isStacked ? 'stack' : asked === 'areachart' ? 'area' : 'line';
  const series = all.slice(0, maxSeries);
  return { kind: 'time', isTime: timeIndex >= 0, style, series, omitted: all.length - series.length, title };
}

const weight = (series: Series): number => series.points.reduce((sum, [, y]) => sum + Math.abs(y), 0);

function seriesName(
  columns: readonly Column[],
  row: readonly Cell[],
  nameIndexes: readonly number[],
  yIndex: number,
  yCount: number,
): string {
  const parts = nameIndexes.map((index) => plainText(row[index] ?? null) || '–');
  if (yCount > 1 || parts.length === 0) {
    parts.push(columns[yIndex]?.name ?? '');
  }

  return parts.join(' · ');
}

function categoriesOf(result: QueryResult, kind: 'column' | 'bar', title: string | null): Chart | null {
  const { columns, rows } = result;
  const labels = indexesOf(columns, (column) => !isNumeric(column));
  const labelIndex = labels[0] ?? 0;
  const values = indexesOf(columns, (column, index) => index !== labelIndex && isNumeric(column));
  if (values.length === 0) {
    return null;
  }

  const splitIndexes = labels.slice(1);
  const categories = new Map<string, number>();
  const series = new Map<string, number[]>();
  for (const row of rows) {
    const category = plainText(row[labelIndex] ?? null) || '–';
    const at = categories.get(category) ?? categories.size;
    categories.set(category, at);
    for (const valueIndex of values) {
      const name = seriesName(columns, row, splitIndexes, valueIndex, values.length);
      const list = series.get(name) ?? [];
      list[at] = (list[at] ?? 0) + (numberOf(row[valueIndex]) || 0);
      series.set(name, list);
    }
  }

  const names = Array.from(categories.keys()).slice(0, maxCategories);
  const shown = Array.from(series, ([name, list]) => ({ name, values: names.map((_, at) => list[at] ?? 0) }));
  return {
    kind,
    title,
    isStacked: splitIndexes.length > 0 || String(result.visualization?.Kind ?? '').startsWith('stacked'),
    categories: names,
    series: shown.slice(0, maxSeries),
    omitted: categories.size - names.length + Math.max(shown.length - maxSeries, 0),
  };
}

function pieOf({ columns, rows }: QueryResult, title: string | null): Chart | null {
  const valueIndex = columns.findIndex(isNumeric);
  const labels = indexesOf(columns, (_, index) => index !== valueIndex);
  if (valueIndex < 0 || labels.length === 0) {
    return null;
  }

  const slices = rows
    .map((row) => ({
      name: labels.map((index) => plainText(row[index] ?? null) || '–').join(' · '),
      value: numberOf(row[valueIndex]),
    }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  const rest = slices.slice(maxSlices);
  const restValue = rest.reduce((sum, { value }) => sum + value, 0);
  const shown = slices.slice(0, maxSlices);
  return {
    kind: 'pie',
    title,
    slices: rest.length > 0 ? [...shown, { name: '…', value: restValue }] : shown,
    omitted: rest.length,
  };
}

function indexesOf(columns: readonly Column[], test: (column: Column, index: number) => boolean): number[] {
  return columns.flatMap((column, index) => (test(column, index) ? [index] : []));
}

/** Round values for an axis, about `count` of them, that cover `max` from zero (or from a negative `min`). */
export function ticksOf(min: number, max: number, count: number): readonly number[] {
  const span = max - min || 1;
  const rough = span / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? power * 10;
  const first = Math.floor(min / step);
  const last = Math.ceil((min + span) / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

const timeSteps = [
  1, 10, 100, 1000, 5000, 15_000, 30_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000,
  43_200_000, 86_400_000, 172_800_000, 604_800_000, 2_592_000_000, 31_536_000_000,
];

/** Round moments between two ends, about `count` of them, aligned to the zone (`offsetMs` = local minus UTC). */
export function timeTicks(fromMs: number, toMs: number, count: number, offsetMs: number): readonly number[] {
  const step = timeSteps.find((each) => (toMs - fromMs) / each <= count) ?? 31_536_000_000;
  const ticks: number[] = [];
  for (let at = Math.ceil((fromMs + offsetMs) / step) * step - offsetMs; at <= toMs; at += step) {
    ticks.push(at);
  }

  return ticks;
}
