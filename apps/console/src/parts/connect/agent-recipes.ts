import { bearer, exportKey, json, keyVariable, type RecipeWriter, shell } from './recipe.ts';

const fromEnv = (syntax: string): string => `Bearer ${syntax}`;

export const claudeCode: RecipeWriter = (input) => ({
  client: 'claude-code',
  title: 'Claude Code',
  group: 'agents',
  state: 'works',
  steps: [
    shell(
      `claude mcp add --transport http ${input.name} ${input.url} --header "Authorization: ${bearer(input)}"`,
    ),
    {
      language: 'json',
      file: '.mcp.json',
      text: json({
        mcpServers: {
          [input.name]: {
            type: 'http',
            url: input.url,
            headers: { Authorization: fromEnv(`\${${keyVariable}}`) },
          },
        },
      }),
    },
  ],
  links: [],
  notes: ['projectFile'],
});

export const claudeApps: RecipeWriter = ({ name, url }) => ({
  client: 'claude-apps',
  title: 'Claude Desktop, claude.ai',
  group: 'agents',
  state: 'later',
  steps: [
    {
      language: 'json',
      file: 'claude_desktop_config.json',
      text: json({
        mcpServers: {
          [name]: {
            command: 'npx',
            args: ['-y', 'mcp-remote', url, '--header', `Authorization:\${AUTH_HEADER}`, ...plainHttp(url)],
            env: { AUTH_HEADER: 'Bearer YOUR_SALLYPORT_KEY' },
          },
        },
      }),
    },
  ],
  links: [],
  notes: ['needsOauth', 'needsPublicUrl', 'bridge'],
});

export const cursor: RecipeWriter = (input) => {
  const server = { url: input.url, headers: { Authorization: fromEnv(`\${env:${keyVariable}}`) } };
  const config = encodeURIComponent(btoa(JSON.stringify(server)));
  return {
    client: 'cursor',
    title: 'Cursor',
    group: 'agents',
    state: 'works',
    steps: [
      exportKey(input),
      { language: 'json', file: '~/.cursor/mcp.json', text: json({ mcpServers: { [input.name]: server } }) },
    ],
    links: [
      {
        kind: 'cursor',
        href: `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(input.name)}&config=${config}`,
      },
    ],
    notes: ['cursorEnv'],
  };
};

export const vsCode: RecipeWriter = ({ name, url }) => {
  const input = { type: 'promptString', id: `${name}-key`, description: 'Sallyport key', password: true };
  const server = { type: 'http', url, headers: { Authorization: fromEnv(`\${input:${input.id}}`) } };
  const link = encodeURIComponent(JSON.stringify({ name, ...server, inputs: [input] }));
  return {
    client: 'vscode',
    title: 'VS Code, Copilot',
    group: 'agents',
    state: 'works',
    steps: [
      {
        language: 'json',
        file: '.vscode/mcp.json',
        text: json({ servers: { [name]: server }, inputs: [input] }),
      },
    ],
    links: [
      { kind: 'vscode', href: `vscode:mcp/install?${link}` },
      { kind: 'vscodeInsiders', href: `vscode-insiders:mcp/install?${link}` },
    ],
    notes: ['vscodeAsks', 'vscodeLimit'],
  };
};

export const codex: RecipeWriter = (input) => ({
  client: 'codex',
  title: 'Codex',
  group: 'agents',
  state: 'works',
  steps: [
    exportKey(input),
    {
      language: 'toml',
      file: '~/.codex/config.toml',
      text: [
        `[mcp_servers.${input.name}]`,
        `url = ${JSON.stringify(input.url)}`,
        `bearer_token_env_var = ${JSON.stringify(keyVariable)}`,
        'tool_timeout_sec = 120',
      ].join('\n'),
    },
  ],
  links: [],
  notes: ['codexEnv', 'codexTimeout'],
});

export const gemini: RecipeWriter = (input) => ({
  client: 'gemini-cli',
  title: 'Gemini CLI',
  group: 'agents',
  state: 'works',
  steps: [
    exportKey(input),
    {
      language: 'json',
      file: '~/.gemini/settings.json',
      text: json({
        mcpServers: {
          [input.name]: { httpUrl: input.url, headers: { Authorization: fromEnv(`$${keyVariable}`) } },
        },
      }),
    },
    shell(
      `gemini mcp add --transport http --header "Authorization: ${bearer(input)}" ${input.name} ${input.url}`,
    ),
  ],
  links: [],
  notes: ['geminiNames'],
});

export const chatGpt: RecipeWriter = () => ({
  client: 'chatgpt',
  title: 'ChatGPT',
  group: 'agents',
  state: 'later',
  steps: [],
  links: [],
  notes: ['needsOauth', 'needsPublicUrl'],
});

/** The bridge refuses plain HTTP unless it is told to take it. */
export function plainHttp(url: string): readonly string[] {
  return url.startsWith('http:') ? ['--allow-http'] : [];
}
