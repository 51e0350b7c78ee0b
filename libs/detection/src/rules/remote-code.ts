import type { PhraseRule } from '../phrase-rules.ts';

const remoteCode = {
  code: 'remote_code',
  title: 'Fetches or runs code from elsewhere',
  severity: 'critical',
  payloadSeverity: 'medium',
  owasp: 'MCP05',
} as const;

/** Commands that load and run something, written into text that a model may obey. */
export const remoteCodeRules: readonly PhraseRule[] = [
  {
    ...remoteCode,
    gap: 120,
    steps: [
      ['curl', 'wget', 'iwr', 'invoke-webrequest', 'fetch -o'],
      [
        '| sh',
        '|sh',
        '| bash',
        '|bash',
        '| zsh',
        '| python*',
        '|python*',
        '| node',
        '| iex',
        '|iex',
        '| sudo*',
      ],
    ],
  },
  {
    ...remoteCode,
    steps: [
      [
        'bash <(curl*',
        'sh <(curl*',
        'powershell -enc*',
        'powershell -e *',
        'iex (new-object*',
        'python -c *',
        'python3 -c *',
        'perl -e *',
        'ruby -e *',
        'node -e *',
        'base64 -d |*',
        'base64 --decode |*',
        '-e /bin/sh',
        '-e /bin/bash',
        '/dev/tcp/*',
        'rm -rf /',
        'rm -rf ~*',
        'chmod -r *',
        'chmod 777*',
        'os.system(*',
        'child_process',
      ],
    ],
  },
  {
    ...remoteCode,
    severity: 'high',
    only: 'declared',
    gap: 100,
    steps: [
      ['run', 'execute', 'type', 'paste', 'enter'],
      ['in the terminal', 'in a terminal', 'in your terminal', 'in the shell', 'in a shell'],
    ],
  },
];
