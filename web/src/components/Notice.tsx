import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client';
import { Icon, type IconName } from './Icon';

/** Something is on its way. */
export function Loading({ label }: { readonly label?: string }) {
  const { t } = useTranslation();
  return (
    <div className="state" role="status">
      <span className="spinner" />
      <span>{label ?? t('common.loading')}</span>
    </div>
  );
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
}

/** There is nothing to show; says why and what to do. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div className="state">
      <Icon name={icon} size={30} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** What went wrong, in the server's words, with a way to try again. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="notice error" role="alert">
      <Icon name="warning" />
      <div className="grow">{useErrorText(error)}</div>
      {onRetry && (
        <button type="button" className="btn small" onClick={onRetry}>
          {t('common.retry')}
        </button>
      )}
    </div>
  );
}

/** The sentence for an error: the server's own, or ours where there was no server to answer. */
export function useErrorText(error: unknown): string {
  const { t } = useTranslation();
  if (!(error instanceof ApiError)) {
    return error instanceof Error ? error.message : String(error);
  }

  switch (error.status) {
    case 0:
      return t('error.unreachable');
    case 408:
      return t('error.timeout', { message: error.message });
    case 413:
      return t('error.tooLarge', { message: error.message });
    case 429:
      return t('error.busy', { message: error.message });
    default:
      return error.message;
  }
}
