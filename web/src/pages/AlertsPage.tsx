import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getAlerts } from '../api/client';
import type { Alert } from '../api/types';
import { AlertTimeline } from '../components/AlertTimeline';
import { AlertCard } from '../components/alerts/AlertCard';
import { Icon } from '../components/Icon';
import { Empty, Failure, Loading } from '../components/Notice';
import { PlaceLink } from '../components/PlaceLink';
import { RuleExample } from '../components/RuleExample';
import { Severity } from '../components/Severity';
import { useNow } from '../components/useNow';
import { formatDuration, formatTime } from '../lang/format';
import { alertRowsUrl, byUrgency, keyText } from '../state/alerts';
import { navigate, usePlace } from '../state/location';
import { usePreferences } from '../state/preferences';

const refreshMs = 3000;
const historyLimit = 300;
const spans = { '1h': 3_600_000, '6h': 21_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const;
type SpanName = keyof typeof spans;

/** What is firing now, and what has fired. */
export function AlertsPage() {
  const { t } = useTranslation();
  const { search } = usePlace();
  const now = useNow(1000);
  const parameters = new URLSearchParams(search);
  const span: SpanName = isSpan(parameters.get('span')) ? (parameters.get('span') as SpanName) : '24h';
  const rule = parameters.get('rule');
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(search);
    value === null ? next.delete(name) : next.set(name, value);
    navigate(`/alerts${next.size > 0 ? `?${next}` : ''}`);
  };

  const firing = useQuery({
    queryKey: ['alerts', 'firing'],
    queryFn: ({ signal }) => getAlerts({ state: 'firing', limit: historyLimit }, signal),
    refetchInterval: refreshMs,
  });
  const history = useQuery({
    queryKey: ['alerts', 'history', span],
    queryFn: ({ signal }) =>
      getAlerts({ from: new Date(Date.now() - spans[span]).toISOString(), limit: historyLimit }, signal),
    refetchInterval: refreshMs,
  });
  const all = history.data ?? [];
  const shown = rule ? all.filter((alert) => alert.rule === rule) : all;
  const error = firing.error ?? history.error;
  const id = parameters.get('id');
  const opened = id === null ? undefined : (firing.data ?? []).concat(all).find((alert) => alert.id === id);

  return (
    <main className="page" id="main">
      <header className="page-head">
        <h1>{t('alerts.title')}</h1>
        <span className="dim live-note">
          <span className={error ? 'tail-dot is-closed' : 'tail-dot is-open'} />{' '}
          {t(error ? 'alerts.stale' : 'alerts.live')}
        </span>
      </header>
      {error && <Failure error={error} onRetry={() => void Promise.all([firing.refetch(), history.refetch()])} />}
      {firing.isPending && !error && <Loading />}
      {firing.data && (
        <section aria-labelledby="firing-title">
          <h2 id="firing-title" className="section-title">
            {t('alerts.firing')}{' '}
            <span className={firing.data.length > 0 ? 'badge fire' : 'badge'}>{firing.data.length}</span>
          </h2>
          {firing.data.length === 0 ? (
            <AllQuiet hasHistory={all.length > 0} isKnown={history.data !== undefined} />
          ) : null}
          {opened && <AlertCard alert={opened} nowMs={now} isOpen />}
          <ul className="alert-cards">
            {firing.data
              .filter((alert) => alert !== opened)
              .toSorted(byUrgency)
              .map((alert) => (
                <li key={alert.id}>
                  <AlertCard alert={alert} nowMs={now} isOpen={false} />
                </li>
              ))}
          </ul>
        </section>
      )}
      {history.data && (all.length > 0 || span !== '24h') && (
        <section aria-labelledby="history-title">
          <div className="row section-row">
            <h2 id="history-title" className="section-title">
              {t('alerts.history')}
            </h2>
            <span className="grow" />
            {rule && (
              <button type="button" className="btn small is-on" onClick={() => set('rule', null)}>
                {rule} <Icon name="close" size={12} />
              </button>
            )}
            <div className="seg" role="group" aria-label={t('alerts.span')}>
              {(Object.keys(spans) as SpanName[]).map((name) => (
                <button key={name} type="button" aria-pressed={name === span} onClick={() => set('span', name)}>
                  {name}
                </button>
              ))}
            </div>
          </div>
          {all.length > 0 && (
            <AlertTimeline
              alerts={all}
              fromMs={now - spans[span]}
              toMs={now}
              active={rule}
              onRule={(name) => set('rule', name === rule ? null : name)}
            />
          )}
          <HistoryTable alerts={shown} nowMs={now} />
          {all.length >= historyLimit && <p className="dim">{t('alerts.cut', { count: historyLimit })}</p>}
        </section>
      )}
    </main>
  );
}

const isSpan = (text: string | null): text is SpanName => text !== null && text in spans;

function AllQuiet({ hasHistory, isKnown }: { readonly hasHistory: boolean; readonly isKnown: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="all-quiet">
      <Empty icon="check" title={t('alerts.quietTitle')}>
        <p>{t('alerts.quietText')}</p>
        {!hasHistory && isKnown && <RuleExample />}
      </Empty>
    </div>
  );
}

function HistoryTable({ alerts, nowMs }: { readonly alerts: readonly Alert[]; readonly nowMs: number }) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  if (alerts.length === 0) {
    return <p className="dim">{t('alerts.noHistory')}</p>;
  }

  return (
    <div className="table-host">
      <table className="plain-table">
        <thead>
          <tr>
            {(['state', 'severity', 'rule', 'summary', 'started', 'lasted', 'noticed'] as const).map((name) => (
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
          {alerts.map((alert) => {
            const startMs = Date.parse(alert.startedAt);
            const endMs = alert.resolvedAt ? Date.parse(alert.resolvedAt) : nowMs;
            return (
              <tr key={alert.id}>
                <td>
                  <span className={`badge state-${alert.state}`}>{t(`alerts.state.${alert.state}`)}</span>
                </td>
                <td>
                  <Severity severity={alert.severity} />
                </td>
                <td className="strong">
                  <PlaceLink to={`/alerts?id=${alert.id}`}>{alert.rule}</PlaceLink>
                </td>
                <td>
                  {alert.annotations.summary || '–'} <span className="dim">{keyText(alert.key)}</span>
                </td>
                <td className="nums nowrap">{formatTime(startMs, zone, 'second')}</td>
                <td className="nums nowrap">{formatDuration(Math.max(endMs - startMs, 0), i18n.language)}</td>
                <td className="nums nowrap">
                  {alert.firedAt
                    ? t('alerts.after', {
                        duration: formatDuration(Math.max(Date.parse(alert.firedAt) - startMs, 0), i18n.language),
                      })
                    : '–'}
                </td>
                <td>
                  <PlaceLink to={alertRowsUrl(alert)} className="nowrap">
                    {t('alerts.rowsShort')}
                  </PlaceLink>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
