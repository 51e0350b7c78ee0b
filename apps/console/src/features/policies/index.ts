import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/policies.json';

addTexts('policies', texts);

export { NewPolicyPage } from './new-policy-page.tsx';
export { PoliciesPage } from './policies-page.tsx';
export { PolicyPage } from './policy-page.tsx';
