import { addTexts } from '../../lib/i18n.ts';
import texts from '../../locales/en/detection.json';

addTexts('detection', texts);

export { DetectionPage } from './detection-page.tsx';
