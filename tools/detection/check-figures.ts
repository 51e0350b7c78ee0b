import { readFileSync, writeFileSync } from 'node:fs';
import { createDetector } from '@sallyport/detection/src/detector.ts';
import { modelSurfaces } from '@sallyport/detection/src/model/dense-names.ts';
import { readModel } from '@sallyport/detection/src/model/model-file.ts';
import { readOwnRows } from './corpus.ts';
import { figuresBySurface, type SurfaceFigures } from './figures.ts';
import { isKeptOut } from './fold-of.ts';
import { judgeRows } from './judge-rows.ts';
import { expectedFile, modelFile } from './model-paths.ts';

/** How much worse a figure may be than the committed one; less than one row in a hundred. */
const slack = { rocAuc: 0.01, recall: 0.015, falsePositives: 0.01 };

/** What became worse than it was, in words; empty where nothing did. */
export function findRegressions(expected: SurfaceFigures, now: SurfaceFigures): readonly string[] {
  return [...modelSurfaces, 'all' as const].flatMap((surface) => {
    const was = expected[surface];
    const is = now[surface];
    const worse: string[] = [];
    if ((is.rocAuc ?? 0) < (was.rocAuc ?? 0) - slack.rocAuc)
      worse.push(`ROC-AUC ${is.rocAuc}, was ${was.rocAuc}`);
    if ((is.recall.value ?? 0) < (was.recall.value ?? 0) - slack.recall)
      worse.push(`recall ${is.recall.value}, was ${was.recall.value}`);
    if ((is.falsePositives.value ?? 0) > (was.falsePositives.value ?? 0) + slack.falsePositives) {
      worse.push(`false positives ${is.falsePositives.value}, was ${was.falsePositives.value}`);
    }
    return worse.map((text) => `${surface}: ${text}`);
  });
}

/** Figures of the model that ships on the sources it was never trained on. */
export function keptOutFigures(): SurfaceFigures {
  const detector = createDetector({ model: readModel(readFileSync(modelFile)) });
  const rows = readOwnRows().filter((row) => isKeptOut(row.source));
  return figuresBySurface(judgeRows(detector, rows), 'all');
}

if (import.meta.main) {
  const now = keptOutFigures();
  if (process.argv.includes('--write')) writeFileSync(expectedFile, `${JSON.stringify(now, null, 1)}\n`);
  else {
    const worse = findRegressions(JSON.parse(readFileSync(expectedFile, 'utf8')) as SurfaceFigures, now);
    for (const line of worse) console.error(line);
    if (worse.length > 0) process.exit(1);
    console.log('figures of detection: none is worse than committed');
  }
}
