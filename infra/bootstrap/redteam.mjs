import { runDetectionTool } from './detection-tool.mjs';

await runDetectionTool('redteam.ts');
