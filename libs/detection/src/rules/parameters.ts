import type { RuleFacts } from '../finding.ts';

export const covertParameter: RuleFacts = {
  code: 'covert_parameter',
  title: 'Parameter named after data that tools have no right to',
  severity: 'high',
  owasp: 'MCP03',
};

/** Runs of words in a parameter name, joined by `_`; a model fills such a field without being asked to. */
export const covertParameterNames: readonly string[] = [
  'system_prompt',
  'conversation_history',
  'chat_history',
  'message_history',
  'full_conversation',
  'entire_conversation',
  'previous_messages',
  'all_messages',
  'chain_of_thought',
  'internal_reasoning',
  'tool_call_history',
  'tools_list',
  'available_tools',
  'ssh_private_key',
  'ssh_key_content',
  'dotenv_file',
  'env_file_content',
  'env_file_contents',
  'environment_variables_dump',
  'all_environment_variables',
  'user_credentials',
  'all_credentials',
  'credentials_file',
  'passwords_file',
  'browser_cookies',
  'session_cookies',
];
