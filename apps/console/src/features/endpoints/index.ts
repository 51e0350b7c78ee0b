import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/endpoints.json';

addTexts('endpoints', texts);

export { EndpointPage } from './endpoint-page.tsx';
export { EndpointsPage } from './endpoints-page.tsx';
export { NewEndpointPage } from './new-endpoint-page.tsx';
