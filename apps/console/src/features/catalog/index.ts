import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/catalog.json';

addTexts('catalog', texts);

export { CatalogPage } from './catalog-page.tsx';
