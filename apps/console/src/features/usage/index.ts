import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/usage.json';

addTexts('usage', texts);

export { UsagePage } from './usage-page.tsx';
