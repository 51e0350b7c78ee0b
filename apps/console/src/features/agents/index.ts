import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/agents.json';

addTexts('agents', texts);

export { AgentPage } from './agent-page.tsx';
export { AgentsPage } from './agents-page.tsx';
