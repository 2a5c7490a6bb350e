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
    .map(([name, value]) => `${name} ${plainText(value) || '–'}`)
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

/** Alerts to be shown on their own, and beside each storm the ones that are part of it. */
export interface Grouped {
  readonly alerts: readonly Alert[];
  readonly members: ReadonlyMap<string, readonly Alert[]>;
}

/** Takes the members of storms out of a list; those whose storm is not in it stay. */
export function groupStorms(alerts: readonly Alert[]): Grouped {
  const members = new Map<string, Alert[]>(
    alerts.filter(({ kind }) => kind === 'storm').map((storm) => [storm.id, []] as const),
  );
  const alone = alerts.filter((alert) => {
    const storm = alert.storm ? members.get(alert.storm) : undefined;
    storm?.push(alert);
    return storm === undefined;
  });
  return { alerts: alone, members };
}

/** How many alerts a storm is of, the resolved ones too. */
export const stormSize = (storm: Alert): number => Number(storm.values.count ?? 0);

/** What an alert says: its summary, or else for whom it is. */
export const headline = (alert: Alert): string => alert.annotations.summary || keyText(alert.key) || alert.rule;

export const alertUrl = (id: string): string => `/alerts?id=${encodeURIComponent(id)}`;
