import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/tenants.json';

addTexts('tenants', texts);

export { TenantsPage } from './tenants-page.tsx';
