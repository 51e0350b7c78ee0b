import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import common from '../locales/en/common.json';
import errors from '../locales/en/errors.json';
import shell from '../locales/en/shell.json';

const early = new Map<string, Readonly<Record<string, unknown>>>();

/** Starts the message catalogue; features add their own texts when they load. */
export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    ns: ['common', 'shell', 'errors'],
    defaultNS: 'common',
    resources: { en: { common, shell, errors, ...Object.fromEntries(early) } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
}

/** Adds the texts of one feature; called once at the top of its `index.ts`, before or after the start. */
export function addTexts(namespace: string, texts: Readonly<Record<string, unknown>>): void {
  if (i18next.isInitialized) i18next.addResourceBundle('en', namespace, texts, true, false);
  else early.set(namespace, texts);
}
