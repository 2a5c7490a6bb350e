import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client';
import { replaceAt } from '../../lang/kql/pipeline';
import { Icon } from '../Icon';
import { useErrorText } from '../Notice';

interface QueryErrorProps {
  readonly error: unknown;
  readonly query: string;
  readonly onFix: (query: string) => void;
  readonly onRetry: () => void;
}

/** Why the query failed: where, what was expected, and the nearest known name to click on. */
export function QueryError({ error, query, onFix, onRetry }: QueryErrorProps) {
  const { t } = useTranslation();
  const text = useErrorText(error);
  const body = error instanceof ApiError ? error.body : null;
  const line = body?.line;
  const column = body?.column;
  const suggestion = body?.suggestion;
  const source = line === undefined ? undefined : query.split('\n')[line - 1];
  return (
    <div className="notice error query-error" role="alert" data-testid="query-error">
      <Icon name="warning" />
      <div className="grow">
        <p>
          {line !== undefined && column !== undefined && <b className="nums">{t('error.at', { line, column })} </b>}
          {text}
        </p>
        {source !== undefined && column !== undefined && (
          <pre className="error-source" aria-hidden="true">
            {source.slice(0, column - 1)}
            <mark>{source.slice(column - 1, column - 1 + Math.max(body?.length ?? 1, 1)) || '⏎'}</mark>
            {source.slice(column - 1 + Math.max(body?.length ?? 1, 1))}
          </pre>
        )}
        {body?.expected && body.expected.length > 0 && (
          <p className="dim">{t('error.expected', { list: body.expected.slice(0, 12).join(', ') })}</p>
        )}
      </div>
      {suggestion && line !== undefined && column !== undefined && (
        <button
          type="button"
          className="btn small primary"
          onClick={() => onFix(replaceAt(query, line, column, body?.length ?? 0, suggestion))}
        >
          {t('error.fix', { suggestion })}
        </button>
      )}
      {!body?.line && (
        <button type="button" className="btn small" onClick={onRetry}>
          {t('common.retry')}
        </button>
      )}
    </div>
  );
}
