import { describe, expect, it } from 'vitest';
import texts from '../../locales/en/parts.json';
import { noteKeys } from './recipe.ts';
import { connectRecipes, settingsName } from './recipes.ts';

const url = 'http://127.0.0.1:4411/demo/main/key/mcp';
const secret = 'sp_0123456789abcdef';
const name = 'sallyport-demo';
const made = connectRecipes({ name, url, secret });
const of = (client: string) => {
  const recipe = made.find((each) => each.client === client);
  if (!recipe) throw new Error(`no recipe for ${client}`);
  return recipe;
};
const jsonOf = (client: string) => {
  const step = of(client).steps.find(({ language }) => language === 'json');
  return JSON.parse(step?.text ?? '');
};
const server = (client: string) => jsonOf(client).mcpServers[name];

/** Reads the small part of TOML that the recipe uses, strictly. */
function readToml(text: string): Record<string, Record<string, unknown>> {
  const tables: Record<string, Record<string, unknown>> = {};
  let table: Record<string, unknown> | undefined;
  for (const line of text.split('\n')) {
    const head = /^\[([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\]$/.exec(line)?.[1];
    const pair = /^([a-z_]+) = ("(?:[^"\\]|\\.)*"|\d+)$/.exec(line);
    if (head !== undefined) {
      table = {};
      tables[head] = table;
    } else if (pair?.[1] !== undefined && table) table[pair[1]] = JSON.parse(pair[2] ?? '');
    else throw new Error(`not TOML: ${line}`);
  }
  return tables;
}

describe('connectRecipes', () => {
  it('knows every client', () => {
    expect(made.map(({ client }) => client)).toEqual([
      'claude-code',
      'cursor',
      'vscode',
      'codex',
      'gemini-cli',
      'claude-apps',
      'chatgpt',
      'curl',
      'inspector',
      'mcp-remote',
      'typescript',
      'python',
      'go',
    ]);
  });

  it('names the endpoint wherever there is something to paste', () => {
    for (const { client, steps, state } of made) {
      if (state === 'works') expect(steps.map(({ text }) => text).join(), client).toContain(url);
    }
  });

  it('never puts a key into a link', () => {
    for (const { links } of made) {
      for (const { href } of links) {
        expect(href).not.toContain(secret);
        expect(decodeURIComponent(href)).not.toContain(secret);
        const config = /config=([^&]+)/.exec(href)?.[1];
        if (config) expect(atob(decodeURIComponent(config))).not.toContain(secret);
      }
    }
  });

  it('shows a placeholder where no key was made, and the key nowhere else', () => {
    const blank = JSON.stringify(connectRecipes({ name, url, secret: null }));
    expect(blank).toContain('YOUR_SALLYPORT_KEY');
    expect(blank).not.toContain('Bearer null');
    expect(blank).not.toContain(secret);
  });

  it('keeps the key out of files that are committed', () => {
    for (const client of ['claude-code', 'cursor', 'vscode', 'gemini-cli']) {
      const file = of(client).steps.find((step) => step.file !== null);
      expect(file?.text, client).not.toContain(secret);
    }
  });

  it('writes what Claude Code reads: an entry without a type is skipped there', () => {
    expect(server('claude-code')).toEqual({
      type: 'http',
      url,
      headers: { Authorization: `Bearer \${SALLYPORT_KEY}` },
    });
    expect(of('claude-code').steps[0]?.text).toBe(
      `claude mcp add --transport http ${name} ${url} --header "Authorization: Bearer ${secret}"`,
    );
  });

  it('writes what Cursor reads, and the same into its link', () => {
    const expected = { url, headers: { Authorization: `Bearer \${env:SALLYPORT_KEY}` } };
    expect(server('cursor')).toEqual(expected);
    const link = new URL(of('cursor').links[0]?.href ?? '');
    expect(link.href).toMatch(/^cursor:\/\/anysphere\.cursor-deeplink\/mcp\/install\?/);
    expect(link.searchParams.get('name')).toBe(name);
    expect(JSON.parse(atob(link.searchParams.get('config') ?? ''))).toEqual(expected);
  });

  it('writes what VS Code reads, asking for the key, and the same into its links', () => {
    const { servers, inputs } = jsonOf('vscode');
    expect(servers[name]).toEqual({
      type: 'http',
      url,
      headers: { Authorization: `Bearer \${input:${name}-key}` },
    });
    expect(inputs).toEqual([
      { type: 'promptString', id: `${name}-key`, description: 'Sallyport key', password: true },
    ]);
    for (const { kind, href } of of('vscode').links) {
      const scheme = kind === 'vscode' ? 'vscode:' : 'vscode-insiders:';
      expect(href.startsWith(`${scheme}mcp/install?`)).toBe(true);
      expect(JSON.parse(decodeURIComponent(href.split('?')[1] ?? ''))).toEqual({
        name,
        ...servers[name],
        inputs,
      });
    }
  });

  it('writes TOML that Codex reads: no key inline, no headers', () => {
    const toml = of('codex').steps.find(({ language }) => language === 'toml');
    expect(readToml(toml?.text ?? '')).toEqual({
      [`mcp_servers.${name}`]: { url, bearer_token_env_var: 'SALLYPORT_KEY', tool_timeout_sec: 120 },
    });
  });

  it('writes `httpUrl` for Gemini, whose `url` means the old transport', () => {
    expect(server('gemini-cli')).toEqual({
      httpUrl: url,
      headers: { Authorization: 'Bearer $SALLYPORT_KEY' },
    });
  });

  it('writes no space into the arguments of the bridge, and allows plain HTTP only where it is', () => {
    const { args, env } = server('mcp-remote');
    expect(args.join('')).not.toContain(' ');
    expect(args).toContain('--allow-http');
    expect(env.AUTH_HEADER).toBe(`Bearer ${secret}`);
    const safe = connectRecipes({ name, url: 'https://gw.example/demo/main/key/mcp', secret });
    expect(JSON.stringify(safe)).not.toContain('--allow-http');
  });

  it('sends a whole request of the newest revision with curl', () => {
    const text = of('curl').steps[0]?.text ?? '';
    const body = JSON.parse(/-d '(.*)'$/.exec(text)?.[1] ?? '');
    expect(body.method).toBe('tools/list');
    expect(text).toContain("-H 'MCP-Protocol-Version: 2026-07-28'");
    expect(text).toContain("-H 'Mcp-Method: tools/list'");
  });

  it('says plainly what cannot connect with a key yet', () => {
    const later = made.filter(({ state }) => state === 'later');
    expect(later.map(({ client }) => client)).toEqual(['claude-apps', 'chatgpt']);
    for (const { notes } of later) expect(notes).toContain('needsOauth');
  });

  it('has a text for every note', () => {
    for (const key of noteKeys) expect(texts.connect.note[key], key).toBeTruthy();
    for (const { notes } of made) for (const note of notes) expect(noteKeys).toContain(note);
  });
});

describe('settingsName', () => {
  it('is short for the main endpoint and tells others apart', () => {
    expect(settingsName('https://gw.example/acme/main/key/mcp')).toBe('sallyport-acme');
    expect(settingsName('https://gw.example/acme/dev/key/mcp')).toBe('sallyport-acme-dev');
    expect(settingsName('nonsense')).toBe('sallyport');
  });
});
