import { useTranslation } from 'react-i18next';
import type { Rule } from '../../api/types';
import { formatBytes, formatCount, formatDuration, formatShort, formatTime } from '../../lang/format';
import { formatExplorer, initialState } from '../../state/explorerUrl';
import { usePreferences } from '../../state/preferences';
import { isBehind } from '../../state/rules';
import { Icon } from '../Icon';
import { PlaceLink } from '../PlaceLink';
import { Severity } from '../Severity';

interface RuleRowProps {
  readonly rule: Rule;
  readonly columnCount: number;
  readonly canWrite: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** A rule on one line, with its health; opened, everything about it. */
export function RuleRow({ rule, columnCount, canWrite, isOpen, onToggle }: RuleRowProps) {
  const { t, i18n } = useTranslation();
  const seconds = (value: number) => formatDuration(value * 1000, i18n.language);
  const count = (value: number) => <span title={formatCount(value, i18n.language)}>{formatShort(value)}</span>;
  const detail = `rule-${rule.name}`;
  return (
    <>
      <tr className={`rule state-edge-${rule.state}`} data-testid="rule">
        <td>
          <span className={`badge state-${rule.state}`}>{t(`rules.state.${rule.state}`)}</span>
        </td>
        <td className="rule-name">
          <button type="button" aria-expanded={isOpen} aria-controls={isOpen ? detail : undefined} onClick={onToggle}>
            <Icon name={isOpen ? 'chevron' : 'right'} size={12} /> {rule.name}
          </button>
          <Severity severity={rule.severity} />
          <RuleNotes rule={rule} />
        </td>
        <td className={isBehind(rule) ? 'nums is-bad' : 'nums'}>
          {rule.lagSeconds == null ? '–' : seconds(rule.lagSeconds)}
        </td>
        <td className="nums">{count(rule.rowsIn)}</td>
        <td className="nums">{count(rule.rowsLate)}</td>
        <td className={rule.rowsLateDropped > 0 ? 'nums is-bad' : 'nums'}>{count(rule.rowsLateDropped)}</td>
        <td className="nums is-corrected">{count(rule.windowsCorrected)}</td>
        <td className={rule.tooManyKeys ? 'nums is-bad' : 'nums'}>{count(rule.keys)}</td>
        <td className="nums is-cost">{seconds(rule.evaluationSeconds)}</td>
        <td className="nums is-memory">{formatBytes(rule.stateBytes)}</td>
      </tr>
      {isOpen && (
        <tr className="rule-detail" id={detail} data-testid="rule-detail">
          <td colSpan={columnCount}>
            <RuleDetail rule={rule} canWrite={canWrite} />
          </td>
        </tr>
      )}
    </>
  );
}

/** What is out of the ordinary with a rule, in a sentence each. */
function RuleNotes({ rule }: { readonly rule: Rule }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      {rule.learnt !== null && (
        <p className="rule-note">
          <progress max={1} value={rule.learnt} aria-label={t('rules.state.learning')} />{' '}
          <span className="nums">{Math.round(rule.learnt * 100)} %</span> {t('rules.learns')}
        </p>
      )}
      {rule.error && <p className={rule.state === 'error' ? 'rule-note is-bad' : 'rule-note'}>{rule.error}</p>}
      {rule.tooManyKeys && (
        <p className="rule-note is-bad">
          {t('rules.tooManyKeys', { rows: formatCount(rule.rowsShed, i18n.language) })}
        </p>
      )}
    </>
  );
}

function RuleDetail({ rule, canWrite }: { readonly rule: Rule; readonly canWrite: boolean }) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const count = (value: number) => formatCount(value, i18n.language);
  const seconds = (value: number) => formatDuration(value * 1000, i18n.language);
  const time = (text: string | null) => (text ? formatTime(Date.parse(text), zone, 'second') : '–');
  const explore = formatExplorer({
    ...initialState,
    kql: rule.query,
    range: { kind: 'relative', seconds: Math.max(rule.windowSeconds, 60) },
  });
  const facts = [
    ['watermark', time(rule.watermark)],
    ['evaluated', time(rule.lastEvaluated)],
    ['table', rule.table || '–'],
    ['rowsTaken', count(rule.rowsTaken)],
    ['corrected', count(rule.windowsCorrected)],
    ['backfill', count(rule.rowsBackfill)],
    ['future', count(rule.rowsFuture)],
    ...(rule.series === null ? [] : ([['series', count(rule.series)]] as const)),
    ['cost', seconds(rule.evaluationSeconds)],
    ['memory', formatBytes(rule.stateBytes)],
    ['channels', rule.channels.join(', ') || t('rules.noChannels')],
  ] as const;
  return (
    <>
      <p className="dim">
        {t('rules.timing', {
          every: seconds(rule.everySeconds),
          window: seconds(rule.windowSeconds),
          lateness: seconds(rule.latenessSeconds),
        })}
      </p>
      <dl className="rule-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`rules.fact.${name}`)}</dt>
            <dd className="nums">{value}</dd>
          </div>
        ))}
      </dl>
      <pre className="code">{rule.query.trim()}</pre>
      <div className="row">
        <PlaceLink className="btn small" to={`/rules/edit?file=${encodeURIComponent(rule.file)}`}>
          <Icon name="rules" size={13} /> {t(canWrite ? 'rules.edit' : 'rules.look')}
        </PlaceLink>
        <PlaceLink className="btn small" to={explore}>
          <Icon name="play" size={11} /> {t('rules.tryIt')}
        </PlaceLink>
        <PlaceLink className="btn small" to={`/alerts?rule=${encodeURIComponent(rule.name)}`}>
          <Icon name="history" size={14} /> {t('rules.itsAlerts')}
        </PlaceLink>
        <span className="grow" />
        <code className="dim ellipsis">{rule.file}</code>
      </div>
    </>
  );
}
