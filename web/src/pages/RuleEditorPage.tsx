import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client';
import { checkRuleFile, deleteRuleFile, getRuleFile, type RuleCheck, saveRuleFile } from '../api/rules';
import type { Session } from '../api/types';
import { Icon } from '../components/Icon';
import { Failure, Loading } from '../components/Notice';
import { PlaceLink } from '../components/PlaceLink';
import { BacktestPanel } from '../components/rules/BacktestPanel';
import { fileOfRule, ruleSketches } from '../components/rules/newRule';
import { RuleText } from '../components/rules/RuleText';
import { showToast } from '../components/toast';
import { navigate, usePlace } from '../state/location';

const checkPauseMs = 250;

/** A rule file being written, and what it would have told. */
export function RuleEditorPage({ session }: { readonly session: Session }) {
  const { search } = usePlace();
  const file = new URLSearchParams(search).get('file');
  const known = useQuery({
    queryKey: ['rule-file', file],
    queryFn: ({ signal }) => getRuleFile(file ?? '', signal),
    enabled: file !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (file !== null && !known.data) {
    return (
      <main className="page" id="main">
        {known.error ? <Failure error={known.error} onRetry={() => void known.refetch()} /> : <Loading />}
      </main>
    );
  }

  const canWrite = !session.authRequired || session.scopes.includes('admin');
  return <Editor key={known.data?.version ?? 'new'} saved={known.data ?? null} canWrite={canWrite} />;
}

interface EditorProps {
  readonly saved: { readonly file: string; readonly text: string; readonly version: string } | null;
  readonly canWrite: boolean;
}

function Editor({ saved, canWrite }: EditorProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState(saved?.text ?? ruleSketches[0]?.text ?? '');
  const [typedFile, setTypedFile] = useState(saved?.file ?? null);
  const file = typedFile ?? fileOfRule(text);
  const [check, setCheck] = useState<{ readonly text: string; readonly found: RuleCheck } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const isChanged = text !== saved?.text;
  const isOwn = saved ? isChanged : ruleSketches.every((sketch) => sketch.text !== text);

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    isOwn && window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isOwn]);

  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      checkRuleFile(file, text, stop.signal).then(
        (found) => setCheck({ text, found }),
        (reason: Error) => !stop.signal.aborted && setError(reason),
      );
    }, checkPauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [file, text]);

  const errors = check?.text === text ? check.found.errors : [];
  const warnings = check?.text === text ? check.found.warnings : [];
  const isRight = check?.text === text && errors.length === 0;
  const save = async () => {
    setError(null);
    try {
      const written = await saveRuleFile(file, text, saved?.version ?? null);
      client.setQueryData(['rule-file', written.file], written);
      await client.invalidateQueries({ queryKey: ['rules'] });
      showToast(t('ruleEditor.saved', { file: written.file }));
      navigate(`/rules/edit?file=${encodeURIComponent(written.file)}`, { replace: true });
    } catch (reason) {
      setError(reason as Error);
    }
  };
  const remove = async () => {
    if (saved && window.confirm(t('ruleEditor.removeSure', { file: saved.file }))) {
      try {
        await deleteRuleFile(saved.file, saved.version);
        await client.invalidateQueries({ queryKey: ['rules'] });
        navigate('/rules');
      } catch (reason) {
        setError(reason as Error);
      }
    }
  };
  return (
    <main className="page rule-editor" id="main">
      <header className="page-head">
        <PlaceLink className="btn quiet small" to="/rules">
          <Icon name="rules" size={14} /> {t('rules.title')}
        </PlaceLink>
        <h1 className="visually-hidden">{t('ruleEditor.title')}</h1>
        <input
          className="input mono grow"
          value={file}
          readOnly={saved !== null}
          aria-label={t('ruleEditor.file')}
          data-testid="rule-file"
          onChange={(event) => setTypedFile(event.target.value)}
        />
        {saved && canWrite && (
          <button type="button" className="btn quiet" onClick={() => void remove()}>
            {t('ruleEditor.remove')}
          </button>
        )}
        <button
          type="button"
          className="btn primary"
          disabled={!canWrite || !isRight || !isChanged}
          title={canWrite ? t('ruleEditor.saveTitle') : t('ruleEditor.needsAdmin')}
          onClick={() => void save()}
        >
          {t('ruleEditor.save')}
        </button>
      </header>
      {error && <Failure error={error} />}
      {error instanceof ApiError && error.status === 409 && saved && (
        <button
          type="button"
          className="btn small"
          onClick={() => void client.invalidateQueries({ queryKey: ['rule-file', saved.file] })}
        >
          {t('ruleEditor.reload')}
        </button>
      )}
      {!saved && (
        <div className="row rule-sketches" role="group" aria-label={t('ruleEditor.sketches')}>
          <span className="dim">{t('ruleEditor.sketches')}</span>
          {ruleSketches.map((sketch) => (
            <button
              key={sketch.kind}
              type="button"
              className="btn small"
              aria-pressed={sketch.text === text}
              onClick={() => (!isOwn || window.confirm(t('ruleEditor.replaceSure'))) && setText(sketch.text)}
            >
              {sketch.kind}
            </button>
          ))}
        </div>
      )}
      <div className="rule-editor-body">
        <RuleText
          value={text}
          errors={errors}
          warnings={warnings}
          isReadOnly={!canWrite}
          onChange={setText}
          onSave={() => void save()}
        />
        <BacktestPanel file={file} text={isRight ? text : null} saved={saved?.text ?? null} />
      </div>
    </main>
  );
}
