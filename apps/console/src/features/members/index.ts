import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/members.json';

addTexts('members', texts);

export { MembersPage } from './members-page.tsx';
