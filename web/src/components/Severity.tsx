import { useTranslation } from 'react-i18next';

const clamp = (severity: number): 1 | 2 | 3 | 4 | 5 =>
  Math.min(Math.max(Math.round(severity), 1), 5) as 1 | 2 | 3 | 4 | 5;

/** The class that gives an element the colour of a severity. */
export const severityClass = (severity: number): string => `severity-${clamp(severity)}`;

/** Severity 1 (gravest) to 5 as number and word. */
export function Severity({ severity }: { readonly severity: number }) {
  const { t } = useTranslation();
  return (
    <span className={`severity ${severityClass(severity)}`}>
      <b>{clamp(severity)}</b> {t(`severity.s${clamp(severity)}`)}
    </span>
  );
}
