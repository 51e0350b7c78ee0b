import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/vetting.json';

addTexts('vetting', texts);

export { ReportPage } from './report-page.tsx';
export { RunPage } from './run-page.tsx';
