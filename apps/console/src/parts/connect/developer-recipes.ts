import { plainHttp } from './agent-recipes.ts';
import { bearer, exportKey, json, keyVariable, type RecipeWriter, shell } from './recipe.ts';

/** One request of the newest revision, whole. */
export const curl: RecipeWriter = (input) => ({
  client: 'curl',
  title: 'curl',
  group: 'developers',
  state: 'works',
  steps: [
    shell(
      [
        `curl -s ${input.url}`,
        `-H 'Authorization: ${bearer(input)}'`,
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
      ].join(' \\\n  '),
    ),
  ],
  links: [],
  notes: ['modernHeaders'],
});

export const inspector: RecipeWriter = (input) => ({
  client: 'inspector',
  title: 'MCP Inspector',
  group: 'developers',
  state: 'works',
  steps: [
    shell(
      `npx @modelcontextprotocol/inspector --cli ${input.url} --transport http --header "Authorization: ${bearer(input)}" --method tools/list`,
    ),
  ],
  links: [],
  notes: ['inspectorEra'],
});

export const mcpRemote: RecipeWriter = (input) => ({
  client: 'mcp-remote',
  title: 'mcp-remote',
  group: 'developers',
  state: 'works',
  steps: [
    {
      language: 'json',
      file: 'mcp.json',
      text: json({
        mcpServers: {
          [input.name]: {
            command: 'npx',
            args: [
              '-y',
              'mcp-remote',
              input.url,
              '--header',
              `Authorization:\${AUTH_HEADER}`,
              ...plainHttp(input.url),
            ],
            env: { AUTH_HEADER: bearer(input) },
          },
        },
      }),
    },
  ],
  links: [],
  notes: input.url.startsWith('http:') ? ['bridgeSpaces', 'bridgePlain'] : ['bridgeSpaces'],
});

export const typescript: RecipeWriter = (input) => ({
  client: 'typescript',
  title: 'TypeScript',
  group: 'developers',
  state: 'works',
  steps: [
    exportKey(input),
    {
      language: 'typescript',
      file: 'client.ts',
      text: `import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const client = new Client({ name: 'my-agent', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
await client.connect(
  new StreamableHTTPClientTransport(new URL('${input.url}'), {
    requestInit: { headers: { Authorization: \`Bearer \${process.env.${keyVariable}}\` } },
  }),
);
const { tools } = await client.listTools();
console.log(tools.map((tool) => tool.name));`,
    },
  ],
  links: [],
  notes: ['exportKey'],
});

export const python: RecipeWriter = (input) => ({
  client: 'python',
  title: 'Python',
  group: 'developers',
  state: 'works',
  steps: [
    exportKey(input),
    {
      language: 'python',
      file: 'client.py',
      text: `import asyncio, os
import httpx
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

async def main():
    headers = {"Authorization": f"Bearer {os.environ['${keyVariable}']}"}
    async with httpx.AsyncClient(headers=headers, timeout=60) as http:
        async with streamable_http_client("${input.url}", http_client=http) as streams:
            async with ClientSession(*streams[:2]) as session:
                await session.initialize()
                print([tool.name for tool in (await session.list_tools()).tools])

asyncio.run(main())`,
    },
  ],
  links: [],
  notes: ['exportKey', 'pythonVersion'],
});

const goProgram = (url: string): string => `package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type withKey struct{ key string }

func (k withKey) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+k.key)
	return http.DefaultTransport.RoundTrip(r)
}

func main() {
	ctx := context.Background()
	client := mcp.NewClient(&mcp.Implementation{Name: "my-agent", Version: "1.0.0"}, nil)
	session, err := client.Connect(ctx, &mcp.StreamableClientTransport{
		Endpoint:   "${url}",
		HTTPClient: &http.Client{Transport: withKey{os.Getenv("${keyVariable}")}},
	}, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer session.Close()
	tools, err := session.ListTools(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, tool := range tools.Tools {
		fmt.Println(tool.Name)
	}
}`;

export const go: RecipeWriter = (input) => ({
  client: 'go',
  title: 'Go',
  group: 'developers',
  state: 'works',
  steps: [
    exportKey(input),
    {
      language: 'go',
      file: 'main.go',
      text: goProgram(input.url),
    },
  ],
  links: [],
  notes: ['exportKey'],
});
