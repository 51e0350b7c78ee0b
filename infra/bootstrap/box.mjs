const modernVersion = '2026-07-28';
const demoTool = 'demo__add';
const meta = {
  'io.modelcontextprotocol/protocolVersion': modernVersion,
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'curl', version: '1.0.0' },
};

/** A line that calls a demo tool through the gateway when pasted into a shell; a modern request needs no session. */
export const curlLine = ({ endpoint, key }) => {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: demoTool, arguments: { a: 2, b: 40 }, _meta: meta },
  });
  return [
    `curl -sS ${endpoint}`,
    `-H 'Authorization: Bearer ${key}'`,
    `-H 'Content-Type: application/json'`,
    `-H 'Accept: application/json, text/event-stream'`,
    `-H 'MCP-Protocol-Version: ${modernVersion}'`,
    `-H 'Mcp-Method: tools/call'`,
    `-H 'Mcp-Name: ${demoTool}'`,
    `-d '${body}'`,
  ].join(' ');
};

/** The line that adds the gateway to Claude Code. */
export const claudeLine = ({ endpoint, key, name = 'sallyport' }) =>
  `claude mcp add --transport http ${name} ${endpoint} --header "Authorization: Bearer ${key}"`;

const rule = '─'.repeat(78);

/** The closing words of a start. Lines to paste stand alone and unbroken, outside any frame. */
export const closingBox = ({ consoleUrl, loginUrl, endpoint, key, elapsed, home, version }) => `
${rule}
  Sallyport ${version} is up (${elapsed}).

  Console         ${consoleUrl}
  Sign in (once)  ${loginUrl}

  Agent endpoint  ${endpoint}
  Key             ${key}

  Claude Code:
${claudeLine({ endpoint, key })}

  curl:
${curlLine({ endpoint, key })}

  New link: npx sallyport login-link     Check: npx sallyport doctor
  Logs: ${home}/logs     Stop: Ctrl-C     Start over: npm start -- --reset
${rule}
`;
