import { runDetectionTool } from './detection-tool.mjs';

await runDetectionTool('train.ts');
