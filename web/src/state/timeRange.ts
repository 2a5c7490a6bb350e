/** What span of event time is looked at. */
export type TimeRange =
  | { readonly kind: 'relative'; readonly seconds: number }
  | { readonly kind: 'absolute'; readonly from: string; readonly to: string }
  | { readonly kind: 'all' };

/** A range with its ends worked out; an absent end is open. Milliseconds since 1970. */
export interface Span {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export const relativeChoices = ['5m', '15m', '1h', '6h', '24h', '7d'] as const;
export const defaultRange: TimeRange = { kind: 'relative', seconds: 3600 };

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 };

/** Reads `15m`, `2h`, `all`; null for anything else. */
export function parseRange(text: string): TimeRange | null {
  if (text === 'all') {
    return { kind: 'all' };
  }

  const match = /^(\d{1,6})([smhd])$/.exec(text);
  const seconds = match ? Number(match[1]) * (unitSeconds[match[2] ?? ''] ?? 0) : 0;
  return seconds > 0 ? { kind: 'relative', seconds } : null;
}

/** Writes a relative range or `all` as {@link parseRange} reads it. */
export function formatRange(range: TimeRange): string {
  if (range.kind !== 'relative') {
    return 'all';
  }

  const { seconds } = range;
  if (seconds % 86400 === 0 && seconds > 86400) {
    return `${seconds / 86400}d`;
  }

  const unit = seconds % 3600 === 0 ? 'h' : seconds % 60 === 0 ? 'm' : 's';
  return `${seconds / (unitSeconds[unit] ?? 1)}${unit}`;
}

/** An absolute range; the ends are put in order, and are at least a millisecond apart. */
export function absolute(aMs: number, bMs: number): TimeRange {
  const from = Math.floor(Math.min(aMs, bMs));
  const to = Math.max(Math.ceil(Math.max(aMs, bMs)), from + 1);
  return { kind: 'absolute', from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The ends of a range at a moment. A relative range is open towards the future: clocks of senders may be ahead. */
export function spanOf(range: TimeRange, nowMs: number): Span {
  switch (range.kind) {
    case 'relative':
      return { fromMs: nowMs - range.seconds * 1000, toMs: null };
    case 'absolute':
      return { fromMs: Date.parse(range.from), toMs: Date.parse(range.to) };
    case 'all':
      return { fromMs: null, toMs: null };
  }
}

/** The `from` and `to` of a query request. Absolute ends are sent as written, every digit kept. */
export function boundsOf(range: TimeRange, nowMs: number): { readonly from?: string; readonly to?: string } {
  switch (range.kind) {
    case 'relative':
      return { from: new Date(nowMs - range.seconds * 1000).toISOString() };
    case 'absolute':
      return { from: range.from, to: range.to };
    case 'all':
      return {};
  }
}

interface Step {
  readonly ms: number;
  /** The step as a KQL timespan literal. */
  readonly kql: string;
}

const steps: readonly Step[] = [
  ...[1, 5, 10, 20, 50, 100, 200, 500].map((n) => ({ ms: n, kql: `${n}ms` })),
  ...[1, 2, 5, 10, 15, 30].map((n) => ({ ms: n * 1000, kql: `${n}s` })),
  ...[1, 2, 5, 10, 15, 30].map((n) => ({ ms: n * 60_000, kql: `${n}m` })),
  ...[1, 2, 3, 6, 12].map((n) => ({ ms: n * 3_600_000, kql: `${n}h` })),
  ...[1, 2, 7, 14, 28, 91, 364, 3640].map((n) => ({ ms: n * 86_400_000, kql: `${n}d` })),
];

/** The smallest round step that covers the span in at most `maxBins` bins. */
export function binStep(spanMs: number, maxBins: number): Step {
  return steps.find(({ ms }) => spanMs / ms <= maxBins) ?? (steps.at(-1) as Step);
}

/** Narrows (factor below 1) or widens a span around a point that stays where it is; `at` is 0 to 1 across the span. */
export function zoom(fromMs: number, toMs: number, factor: number, at = 0.5): TimeRange {
  const width = toMs - fromMs;
  const next = Math.max(width * factor, 10);
  const from = fromMs + (width - next) * at;
  return absolute(from, from + next);
}
