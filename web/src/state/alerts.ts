import type { Alert } from '../api/types';
import { plainText } from '../lang/format';
import { formatExplorer, initialState } from './explorerUrl';
import { absolute } from './timeRange';

/** Without a window, the rows behind an alert are looked for this long before it. */
const fallbackMs = 15 * 60_000;

/** The address of the log explorer with the rows behind an alert, with one window before and after for context. */
export function alertRowsUrl(alert: Alert): string {
  const startMs = Date.parse(alert.startedAt);
  const fromMs = alert.windowStart ? Math.min(Date.parse(alert.windowStart), startMs) : startMs - fallbackMs;
  const toMs = alert.windowEnd ? Math.max(Date.parse(alert.windowEnd), startMs) : startMs + fallbackMs;
  const spanMs = Math.max(toMs - fromMs, 60_000);
  return formatExplorer({ ...initialState, kql: alert.query, range: absolute(fromMs - spanMs, toMs + spanMs) });
}

/** The key of an alert in words: `service payments, host a`. Empty for a rule without one. */
export function keyText(key: Alert['key']): string {
  return Object.entries(key)
    .map(([name, value]) => `${name} ${plainText(value)}`)
    .join(', ');
}

/** Gravest first, then the newest. */
export function byUrgency(a: Alert, b: Alert): number {
  return a.severity - b.severity || b.startedAt.localeCompare(a.startedAt);
}

export interface Lane {
  readonly rule: string;
  readonly alerts: readonly Alert[];
}

/** Alerts by rule, for the time line; the rule with the newest alert first. */
export function lanesOf(alerts: readonly Alert[], maxLanes: number): readonly Lane[] {
  const lanes = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const lane = lanes.get(alert.rule) ?? [];
    lane.push(alert);
    lanes.set(alert.rule, lane);
  }

  return Array.from(lanes, ([rule, list]) => ({ rule, alerts: list })).slice(0, maxLanes);
}
