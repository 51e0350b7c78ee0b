import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/calls.json';

addTexts('calls', texts);

export { CallsPage } from './calls-page.tsx';
