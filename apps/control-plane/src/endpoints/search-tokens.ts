import { listTokens, toolSearchTools } from '@sallyport/mcp';

/** About how many tokens the list of an endpoint with tool search takes, whatever stands behind it. */
export const searchTokens = listTokens(toolSearchTools);
