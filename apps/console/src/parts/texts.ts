import { addTexts } from '../lib/i18n.ts';
import texts from '../locales/en/parts.json';

/** Importing this file makes the texts of the shared parts available. */
addTexts('parts', texts);
