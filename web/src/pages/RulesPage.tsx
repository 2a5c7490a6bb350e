import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getRules } from '../api/client';
import type { Rule, RuleFileError, RuleState, Session } from '../api/types';
import { Icon } from '../components/Icon';
import { Empty, Failure, Loading } from '../components/Notice';
import { PlaceLink } from '../components/PlaceLink';
import { RuleTable } from '../components/rules/RuleTable';
import { navigate, usePlace } from '../state/location';
import { formatRuleView, type RuleView, readRuleView, ruleStates, shownRules } from '../state/rules';

const refreshMs = 3000;

/** The rules, how each is doing, and the files that could not be read. */
export function RulesPage({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const { search } = usePlace();
  const rules = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => getRules(signal),
    refetchInterval: refreshMs,
  });
  const canWrite = !session.authRequired || session.scopes.includes('admin');
  const list = rules.data?.rules ?? [];
  const view = readRuleView(search);
  const show = (next: Partial<RuleView>) => navigate(formatRuleView({ ...view, ...next }), { replace: true });
  const shown = shownRules(list, view);
  return (
    <main className="page" id="main">
      <header className="page-head">
        <h1>{t('rules.title')}</h1>
        {rules.data && <span className="dim">{t('rules.count', { count: list.length })}</span>}
        <span className="grow" />
        <PlaceLink className="btn" to="/rules/packs">
          {t('packs.title')}
        </PlaceLink>
        {canWrite && (
          <PlaceLink className="btn primary" to="/rules/edit">
            {t('rules.add')}
          </PlaceLink>
        )}
      </header>
      {rules.isPending && <Loading />}
      {rules.error && <Failure error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.data && rules.data.errors.length > 0 && <FaultyFiles faults={rules.data.errors} kind="error" />}
      {rules.data && rules.data.warnings.length > 0 && <FaultyFiles faults={rules.data.warnings} kind="warn" />}
      {rules.data && list.length === 0 && rules.data.errors.length === 0 && <NoRules canWrite={canWrite} />}
      {list.length > 0 && (
        <>
          <div className="row rule-filter">
            <StateFilter rules={list} chosen={view.state} onChoose={(state) => show({ state })} />
            <span className="grow" />
            <input
              className="input"
              type="search"
              value={view.text}
              placeholder={t('rules.find')}
              aria-label={t('rules.find')}
              onChange={(event) => show({ text: event.target.value })}
            />
          </div>
          {shown.length > 0 ? (
            <RuleTable rules={shown} sort={view.sort} canWrite={canWrite} onSort={(sort) => show({ sort })} />
          ) : (
            <Empty icon="search" title={t('rules.noneFound')}>
              <button type="button" className="btn" onClick={() => show({ state: null, text: '' })}>
                {t('rules.showAll')}
              </button>
            </Empty>
          )}
        </>
      )}
    </main>
  );
}

interface StateFilterProps {
  readonly rules: readonly Rule[];
  readonly chosen: RuleState | null;
  readonly onChoose: (state: RuleState | null) => void;
}

/** How many rules are in each state; a click shows those. */
function StateFilter({ rules, chosen, onChoose }: StateFilterProps) {
  const { t } = useTranslation();
  const present = ruleStates.filter((state) => state === chosen || rules.some((rule) => rule.state === state));
  return (
    <div className="seg" role="group" aria-label={t('rules.columns.state')}>
      <button type="button" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        {t('rules.all')} <span className="nums">{rules.length}</span>
      </button>
      {present.map((state) => (
        <button
          key={state}
          type="button"
          aria-pressed={state === chosen}
          onClick={() => onChoose(state === chosen ? null : state)}
        >
          {t(`rules.state.${state}`)}{' '}
          <span className="nums">{rules.filter((rule) => rule.state === state).length}</span>
        </button>
      ))}
    </div>
  );
}

function NoRules({ canWrite }: { readonly canWrite: boolean }) {
  const { t } = useTranslation();
  return (
    <Empty icon="rules" title={t('rules.noneTitle')}>
      <p>{t(canWrite ? 'rules.noneText' : 'ruleEditor.needsAdmin')}</p>
      {canWrite && (
        <div className="row">
          <PlaceLink className="btn primary" to="/rules/edit">
            {t('rules.add')}
          </PlaceLink>
          <PlaceLink className="btn" to="/rules/packs">
            {t('packs.open')}
          </PlaceLink>
        </div>
      )}
    </Empty>
  );
}

interface FaultyFilesProps {
  readonly faults: readonly RuleFileError[];
  readonly kind: 'error' | 'warn';
}

function FaultyFiles({ faults, kind }: FaultyFilesProps) {
  const { t } = useTranslation();
  const files = new Set(faults.map(({ file }) => file)).size;
  return (
    <section className={`notice ${kind} broken`} aria-labelledby={`broken-${kind}`}>
      <Icon name="warning" />
      <div className="grow">
        <h2 id={`broken-${kind}`}>
          {kind === 'error' ? t('rules.broken', { count: files }) : t('rules.warned', { count: faults.length })}
        </h2>
        <ul>
          {faults.map(({ file, line, column, message }) => (
            <li key={`${file}:${line}:${message}`}>
              <PlaceLink to={`/rules/edit?file=${encodeURIComponent(file)}`}>
                <code>
                  {file}
                  {line != null && `:${line}`}
                  {line != null && column != null && `:${column}`}
                </code>
              </PlaceLink>{' '}
              {message}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
