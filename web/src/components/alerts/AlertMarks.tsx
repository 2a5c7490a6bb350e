import { useTranslation } from 'react-i18next';
import type { Alert } from '../../api/types';

const kinds = ['no_data', 'error', 'storm'] as const;

/** What is special about an alert: its kind, whether late rows changed it, and whether its values are near the right ones only. */
export function AlertMarks({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation();
  const kind = kinds.find((each) => each === alert.kind);
  return (
    <>
      {kind && <span className="badge">{t(`alerts.kind.${kind}`)}</span>}
      {alert.corrected && (
        <span className="badge" title={t('alerts.correctedTitle')}>
          {t('alerts.corrected')}
        </span>
      )}
      {alert.estimated && (
        <span className="badge" title={t('alerts.estimatedTitle')}>
          {t('alerts.estimated')}
        </span>
      )}
    </>
  );
}
