import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { getPreferences } from '../../state/preferences';
import { en } from './en';
import { ko } from './ko';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** Both languages, ready before the first page is drawn; the browser's choice unless one was made here. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, ko: { translation: ko } },
    lng: getPreferences().language ?? (navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en'),
    fallbackLng: 'en',
    supportedLngs: ['en', 'ko'],
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
