import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/approvals.json';

addTexts('approvals', texts);

export { ApprovalsPage } from './approvals-page.tsx';
