import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/first-run.json';

addTexts('firstRun', texts);

export { FirstRunPage } from './first-run-page.tsx';
