import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../libs/detection/model');

/** What ships. */
export const modelFile = join(folder, 'tier1.bin');
/** Figures for the console and the model card. */
export const cardFile = join(folder, 'card.json');
/** Figures that `npm run check` compares. */
export const expectedFile = join(folder, 'expected.json');
