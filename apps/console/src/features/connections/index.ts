import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/connections.json';

addTexts('connections', texts);

export { ConnectionsPage } from './connections-page.tsx';
