/** What a client needs to reach an endpoint. `name` becomes the server's name in the client's settings. */
export interface RecipeInput {
  readonly name: string;
  readonly url: string;
  readonly secret: string;
}

export interface Recipe {
  readonly client: string;
  readonly title: string;
  readonly language: string;
  readonly text: string;
  readonly deepLink: string | null;
}

type RecipeWriter = (input: RecipeInput) => Recipe;

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const bearer = (secret: string): string => `Bearer ${secret}`;

const claudeCode: RecipeWriter = ({ name, url, secret }) => ({
  client: 'claude-code',
  title: 'Claude Code',
  language: 'shell',
  text: `claude mcp add --transport http ${name} ${url} --header "Authorization: ${bearer(secret)}"`,
  deepLink: null,
});

const cursor: RecipeWriter = ({ name, url, secret }) => {
  const server = { url, headers: { Authorization: bearer(secret) } };
  const config = Buffer.from(JSON.stringify(server)).toString('base64');
  return {
    client: 'cursor',
    title: 'Cursor (.cursor/mcp.json)',
    language: 'json',
    text: json({ mcpServers: { [name]: server } }),
    deepLink: `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(name)}&config=${encodeURIComponent(config)}`,
  };
};

const vsCode: RecipeWriter = ({ name, url }) => ({
  client: 'vscode',
  title: 'VS Code (.vscode/mcp.json)',
  language: 'json',
  text: json({
    servers: {
      [name]: { type: 'http', url, headers: { Authorization: `Bearer \${input:${name}-key}` } },
    },
    inputs: [{ type: 'promptString', id: `${name}-key`, description: 'Sallyport key', password: true }],
  }),
  deepLink: null,
});

const codex: RecipeWriter = ({ name, url, secret }) => ({
  client: 'codex',
  title: 'Codex (~/.codex/config.toml)',
  language: 'toml',
  text: `# export SALLYPORT_KEY='${secret}'\n[mcp_servers.${name}]\nurl = "${url}"\nbearer_token_env_var = "SALLYPORT_KEY"`,
  deepLink: null,
});

const gemini: RecipeWriter = ({ name, url, secret }) => ({
  client: 'gemini-cli',
  title: 'Gemini CLI',
  language: 'shell',
  text: `gemini mcp add --transport http --header "Authorization: ${bearer(secret)}" ${name} ${url}`,
  deepLink: null,
});

const curl: RecipeWriter = ({ url, secret }) => ({
  client: 'curl',
  title: 'curl',
  language: 'shell',
  text: [
    `curl -s ${url}`,
    `-H 'Authorization: ${bearer(secret)}'`,
    `-H 'Content-Type: application/json'`,
    `-H 'Accept: application/json, text/event-stream'`,
    `-H 'MCP-Protocol-Version: 2026-07-28'`,
    `-H 'Mcp-Method: tools/list'`,
    `-d '${JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/list',
      params: {
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientInfo': { name: 'curl', version: '1' },
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    })}'`,
  ].join(' '),
  deepLink: null,
});

const sdk: RecipeWriter = ({ url, secret }) => ({
  client: 'sdk',
  title: 'TypeScript SDK',
  language: 'typescript',
  text: `import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const client = new Client({ name: 'my-agent', version: '1.0.0' });
await client.connect(
  new StreamableHTTPClientTransport(new URL('${url}'), {
    requestInit: { headers: { Authorization: '${bearer(secret)}' } },
  }),
);
const { tools } = await client.listTools();`,
  deepLink: null,
});

const writers: readonly RecipeWriter[] = [claudeCode, cursor, vsCode, codex, gemini, curl, sdk];

/** How each client connects to an endpoint with a key, ready to paste. */
export function connectRecipes(input: RecipeInput): readonly Recipe[] {
  return writers.map((write) => write(input));
}
