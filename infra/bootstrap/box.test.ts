import { describe, expect, it } from 'vitest';
import { claudeLine, closingBox, curlLine } from './box.mjs';

const at = { endpoint: 'http://127.0.0.1:4411/demo/main/key/mcp', key: 'sp_x' };

describe('the closing box', () => {
  it('has a curl line whose headers agree with its body', () => {
    const line = curlLine(at);
    const body = JSON.parse(/-d '(.*)'/u.exec(line)?.[1] ?? '');
    expect(line).toContain(`-H 'Mcp-Method: ${body.method}'`);
    expect(line).toContain(`-H 'Mcp-Name: ${body.params.name}'`);
    expect(line).toContain(
      `-H 'MCP-Protocol-Version: ${body.params._meta['io.modelcontextprotocol/protocolVersion']}'`,
    );
  });

  it('keeps lines to paste whole, alone on their line', () => {
    const lines = closingBox({
      ...at,
      consoleUrl: 'c',
      loginUrl: 'l',
      elapsed: '1 s',
      home: 'h',
      version: '0',
    }).split('\n');
    expect(lines).toContain(curlLine(at));
    expect(lines).toContain(claudeLine(at));
  });
});
