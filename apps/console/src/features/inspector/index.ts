import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/inspector.json';

addTexts('inspector', texts);

export { InspectorPage } from './inspector-page.tsx';
