import type { QueryResult } from '../api/types';
import { numberOf } from '../lang/chart';
import { type Level, levelOf, levels } from '../lang/levels';

export interface HistogramBin {
  readonly atMs: number;
  readonly total: number;
  readonly counts: Partial<Record<Level, number>>;
}

export interface HistogramData {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
  readonly bins: readonly HistogramBin[];
  readonly total: number;
  readonly byLevel: Readonly<Partial<Record<Level, number>>>;
}

/** Bins drawn at most: enough for the eye, few enough to count quickly. */
export const maxBins = 120;

/** Reads `summarize count() by bin(timestamp, X)[, level]`; columns are found by type, not by name. */
export function histogramOf(result: QueryResult, fromMs: number, toMs: number, stepMs: number): HistogramData {
  const timeIndex = result.columns.findIndex(({ type }) => type === 'datetime');
  const countIndex = result.columns.findIndex(({ type }) => type === 'long');
  const levelIndex = result.columns.findIndex((_, index) => index !== timeIndex && index !== countIndex);
  const bins = new Map<number, Partial<Record<Level, number>>>();
  const byLevel: Partial<Record<Level, number>> = {};
  for (const row of result.rows) {
    const time = row[timeIndex];
    const atMs = typeof time === 'string' ? Date.parse(time) : Number.NaN;
    if (Number.isNaN(atMs)) {
      continue;
    }

    const level = levelIndex < 0 ? 'other' : levelOf(row[levelIndex]);
    const count = numberOf(row[countIndex]) || 0;
    const counts = bins.get(atMs) ?? {};
    counts[level] = (counts[level] ?? 0) + count;
    byLevel[level] = (byLevel[level] ?? 0) + count;
    bins.set(atMs, counts);
  }

  const list = Array.from(bins, ([atMs, counts]) => ({ atMs, counts, total: sum(counts) })).sort(
    (a, b) => a.atMs - b.atMs,
  );
  // Clocks of senders may be ahead: rows past an open end widen the picture rather than fall out of it.
  const lastMs = (list.at(-1)?.atMs ?? toMs) + stepMs;
  return { fromMs, toMs: Math.max(toMs, lastMs), stepMs, bins: list, total: sum(byLevel), byLevel };
}

const sum = (counts: Partial<Record<Level, number>>): number =>
  levels.reduce((total, level) => total + (counts[level] ?? 0), 0);
