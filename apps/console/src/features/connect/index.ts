import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/connect.json';

addTexts('connect', texts);

export { ConnectPage } from './connect-page.tsx';
