import type { ComparedAlert, Comparison } from '../api/rules';
import type { Alert } from '../api/types';
import { keyText } from './alerts';

/** An alert of a backtest, and what a change of the rule does with it. */
export interface ComparedLine {
  readonly mark: 'added' | 'lost' | null;
  readonly key: string;
  readonly startedAt: string;
  readonly resolvedAt: string | null;
  /** Null for one that is lost: of it nothing more is known. */
  readonly alert: Alert | null;
}

/** The alerts of a backtest with those a change loses; what it changes stands first, the newest on top. */
export function comparedLines(alerts: readonly Alert[], comparison: Comparison | null): readonly ComparedLine[] {
  const added = new Set(comparison?.added.map(identity));
  const kept = alerts.map((alert) => line(alert, added.has(identity(alert)) ? 'added' : null, alert));
  const lost = comparison?.lost.map((each) => line(each, 'lost', null)) ?? [];
  return [...lost, ...kept].toSorted(
    (a, b) => Number(a.mark === null) - Number(b.mark === null) || b.startedAt.localeCompare(a.startedAt),
  );
}

const identity = ({ key, startedAt }: ComparedAlert): string => `${startedAt} ${keyText(key)}`;

const line = (each: ComparedAlert, mark: ComparedLine['mark'], alert: Alert | null): ComparedLine => ({
  mark,
  key: keyText(each.key),
  startedAt: each.startedAt,
  resolvedAt: each.resolvedAt,
  alert,
});
