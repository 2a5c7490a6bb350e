import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getRules } from '../api/client';
import type { Rule, RuleFileError, Session } from '../api/types';
import { Icon } from '../components/Icon';
import { Empty, Failure, Loading } from '../components/Notice';
import { PlaceLink } from '../components/PlaceLink';
import { RuleExample } from '../components/RuleExample';
import { Severity } from '../components/Severity';
import { formatBytes, formatCount, formatDuration, formatTime } from '../lang/format';
import { formatExplorer, initialState } from '../state/explorerUrl';
import { usePreferences } from '../state/preferences';

const refreshMs = 3000;
const order = ['error', 'firing', 'learning', 'pending', 'nodata', 'ok'] as const;

/** The rules, how each is doing, and the files that could not be read. */
export function RulesPage({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const rules = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => getRules(signal),
    refetchInterval: refreshMs,
  });
  const list = rules.data?.rules ?? [];
  return (
    <main className="page" id="main">
      <header className="page-head">
        <h1>{t('rules.title')}</h1>
        {rules.data && <span className="dim">{t('rules.count', { count: list.length })}</span>}
        <span className="grow" />
        {(!session.authRequired || session.scopes.includes('admin')) && (
          <PlaceLink className="btn primary" to="/rules/edit">
            {t('rules.add')}
          </PlaceLink>
        )}
      </header>
      {rules.isPending && <Loading />}
      {rules.error && <Failure error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.data && rules.data.errors.length > 0 && <BrokenFiles errors={rules.data.errors} />}
      {rules.data && list.length === 0 && (
        <Empty icon="rules" title={t('rules.noneTitle')}>
          <RuleExample />
        </Empty>
      )}
      <ul className="rule-list">
        {list
          .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.name.localeCompare(b.name))
          .map((rule) => (
            <RuleEntry key={rule.name} rule={rule} />
          ))}
      </ul>
    </main>
  );
}

function BrokenFiles({ errors }: { readonly errors: readonly RuleFileError[] }) {
  const { t } = useTranslation();
  return (
    <section className="notice error broken" aria-labelledby="broken-title">
      <Icon name="warning" />
      <div className="grow">
        <h2 id="broken-title">{t('rules.broken', { count: errors.length })}</h2>
        <ul>
          {errors.map(({ file, line, column, message }) => (
            <li key={`${file}:${line}:${message}`}>
              <code>
                {file}
                {line != null && `:${line}`}
                {line != null && column != null && `:${column}`}
              </code>{' '}
              {message}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function RuleEntry({ rule }: { readonly rule: Rule }) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const [isOpen, setIsOpen] = useState(false);
  const count = (value: number) => formatCount(value, i18n.language);
  const seconds = (value: number) => formatDuration(value * 1000, i18n.language);
  const explore = formatExplorer({
    ...initialState,
    kql: rule.query,
    range: { kind: 'relative', seconds: Math.max(rule.windowSeconds, 60) },
  });
  return (
    <li className={`rule state-edge-${rule.state}`} data-testid="rule">
      <div className="rule-head">
        <span className={`badge state-${rule.state}`}>{t(`rules.state.${rule.state}`)}</span>
        <h2 className="ellipsis">{rule.name}</h2>
        <Severity severity={rule.severity} />
        <span className="grow" />
        <span className="dim nums">
          {t('rules.timing', {
            every: seconds(rule.everySeconds),
            window: seconds(rule.windowSeconds),
            lateness: seconds(rule.latenessSeconds),
          })}
        </span>
      </div>
      {rule.learnt !== null && (
        <p className="row dim">
          <progress max={1} value={rule.learnt} aria-label={t('rules.state.learning')} /> {t('rules.learns')}
        </p>
      )}
      {rule.error && (
        <p className="rule-error">
          <Icon name="warning" size={14} /> {rule.error}
        </p>
      )}
      <dl className="rule-facts">
        <RuleFact name={t('rules.table')} value={rule.table} />
        <RuleFact
          name={t('rules.watermark')}
          value={rule.watermark ? formatTime(Date.parse(rule.watermark), zone, 'second') : '–'}
        />
        <RuleFact name={t('rules.lag')} value={rule.lagSeconds == null ? '–' : seconds(rule.lagSeconds)} />
        <RuleFact name={t('rules.rowsIn')} value={count(rule.rowsIn)} />
        <RuleFact name={t('rules.late')} value={count(rule.rowsLate)} />
        <RuleFact name={t('rules.dropped')} value={count(rule.rowsLateDropped)} isBad={rule.rowsLateDropped > 0} />
        <RuleFact name={t('rules.backfill')} value={count(rule.rowsBackfill)} />
        <RuleFact name={t('rules.corrected')} value={count(rule.windowsCorrected)} />
        <RuleFact name={t('rules.keys')} value={count(rule.keys)} />
        {rule.series !== null && <RuleFact name={t('rules.series')} value={count(rule.series)} />}
        <RuleFact name={t('rules.cost')} value={seconds(rule.evaluationSeconds)} />
        <RuleFact name={t('rules.memory')} value={formatBytes(rule.stateBytes)} />
        <RuleFact name={t('rules.channels')} value={rule.channels.join(', ') || '–'} />
      </dl>
      <div className="row">
        <button type="button" className="btn quiet small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <Icon name={isOpen ? 'chevron' : 'right'} size={12} /> {t('rules.query')}
        </button>
        <PlaceLink className="btn quiet small" to={`/rules/edit?file=${encodeURIComponent(rule.file)}`}>
          <Icon name="rules" size={13} /> {t('rules.edit')}
        </PlaceLink>
        <PlaceLink className="btn quiet small" to={explore}>
          <Icon name="play" size={11} /> {t('rules.tryIt')}
        </PlaceLink>
        <PlaceLink className="btn quiet small" to={`/alerts?rule=${encodeURIComponent(rule.name)}`}>
          <Icon name="history" size={14} /> {t('rules.itsAlerts')}
        </PlaceLink>
        <span className="grow" />
        <code className="dim ellipsis">{rule.file}</code>
      </div>
      {isOpen && <pre className="code">{rule.query.trim()}</pre>}
    </li>
  );
}

function RuleFact({ name, value, isBad }: { readonly name: string; readonly value: string; readonly isBad?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isBad ? 'nums is-bad' : 'nums'}>{value}</dd>
    </div>
  );
}
