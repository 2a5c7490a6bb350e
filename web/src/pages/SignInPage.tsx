import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, signIn } from '../api/client';
import type { Session } from '../api/types';
import { Logo } from '../components/Logo';
import { useErrorText } from '../components/Notice';
import { Settings } from '../components/Settings';

/** Exchanges an API key for a session of this browser. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: (session: Session) => void }) {
  const { t } = useTranslation();
  const [key, setKey] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const serverText = useErrorText(error);
  const text = error instanceof ApiError && error.status === 401 ? t('signIn.wrong') : serverText;

  const submit = async () => {
    setIsBusy(true);
    setError(null);
    try {
      onSignedIn(await signIn(key.trim()));
    } catch (reason) {
      setError(reason);
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <div className="sign-in">
      <div className="sign-in-corner">
        <Settings />
      </div>
      <main className="sign-in-card" id="main">
        <div className="sign-in-mark">
          <Logo size={54} />
          <h1>Bongsu</h1>
          <p className="dim">{t('signIn.tagline')}</p>
        </div>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <label htmlFor="key">{t('signIn.key')}</label>
          <input
            id="key"
            className="input"
            type="password"
            autoComplete="current-password"
            // biome-ignore lint/a11y/noAutofocus: the page has nothing else to do
            autoFocus
            value={key}
            aria-invalid={error !== null}
            aria-describedby="key-help"
            onChange={(event) => setKey(event.target.value)}
          />
          {error !== null && (
            <p className="form-error" role="alert">
              {text}
            </p>
          )}
          <button type="submit" className="btn primary" disabled={key.trim() === '' || isBusy}>
            {isBusy ? t('signIn.busy') : t('signIn.submit')}
          </button>
        </form>
        <div className="sign-in-help" id="key-help">
          <h2>{t('signIn.whereTitle')}</h2>
          <p>{t('signIn.whereText')}</p>
          <p className="dim">{t('signIn.safety')}</p>
        </div>
      </main>
    </div>
  );
}
