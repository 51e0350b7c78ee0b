import { runDetectionTool } from './detection-tool.mjs';

await runDetectionTool('eval.ts');
