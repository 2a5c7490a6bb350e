import { useTranslation } from 'react-i18next';
import type { Alert } from '../../api/types';
import { formatDuration, formatTime } from '../../lang/format';
import { alertRowsUrl, alertUrl, keyText, stormSize } from '../../state/alerts';
import { usePreferences } from '../../state/preferences';
import { PlaceLink } from '../PlaceLink';
import { Severity } from '../Severity';
import { AlertMarks } from './AlertMarks';

const columns = ['state', 'severity', 'rule', 'summary', 'started', 'lasted', 'noticed'] as const;

/** Alerts, one a line. */
export function AlertTable({ alerts, nowMs }: { readonly alerts: readonly Alert[]; readonly nowMs: number }) {
  const { t } = useTranslation();
  return (
    <div className="table-host">
      <table className="plain-table alert-table">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {t(`alerts.columns.${name}`)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('alerts.rows')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <AlertLine key={alert.id} alert={alert} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AlertLine({ alert, nowMs }: { readonly alert: Alert; readonly nowMs: number }) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const startMs = Date.parse(alert.startedAt);
  const endMs = alert.resolvedAt ? Date.parse(alert.resolvedAt) : nowMs;
  // With `for` it can only be noticed once the condition has held for so long.
  const dueMs = alert.firingSince ? Date.parse(alert.firingSince) : startMs;
  const duration = (ms: number) => formatDuration(Math.max(ms, 0), i18n.language);
  return (
    <tr data-testid="alert-line">
      <td>
        <span className={`badge state-${alert.state}`}>{t(`alerts.state.${alert.state}`)}</span>
      </td>
      <td>
        <Severity severity={alert.severity} />
      </td>
      <td className="strong">
        <PlaceLink to={alertUrl(alert.id)}>{alert.rule}</PlaceLink>
      </td>
      <td>
        {alert.annotations.summary || (keyText(alert.key) === '' && '–')}{' '}
        <span className="dim">{keyText(alert.key)}</span> <AlertMarks alert={alert} />
      </td>
      <td className="nums nowrap">{formatTime(startMs, zone, 'second')}</td>
      <td className="nums nowrap">{endMs > startMs ? duration(endMs - startMs) : '–'}</td>
      <td className="nums nowrap">
        {alert.firedAt && alert.state !== 'pending'
          ? Date.parse(alert.firedAt) < dueMs
            ? t('alerts.early')
            : t('alerts.after', { duration: duration(Date.parse(alert.firedAt) - dueMs) })
          : '–'}
      </td>
      <td>
        <PlaceLink to={alert.kind === 'storm' ? alertUrl(alert.id) : alertRowsUrl(alert)} className="nowrap">
          {alert.kind === 'storm' ? t('alerts.members', { count: stormSize(alert) }) : t('alerts.rowsShort')}
        </PlaceLink>
      </td>
    </tr>
  );
}
