import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/server.json';

addTexts('server', texts);

export { ServerPage } from './server-page.tsx';
