/** Cuts an event stream into the data of its events; give it text as it comes, and it keeps what is not whole yet. */
export function createEventReader(onData: (data: string) => void): { push(text: string): void; end(): void } {
  let rest = '';
  const flush = (block: string): void => {
    const data = block
      .split('\n')
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(5).replace(/^ /, ''));
    if (data.length > 0 && data.join('') !== '') onData(data.join('\n'));
  };
  return {
    push(text) {
      // A CR at the very end may be half of a line end.
      const whole = rest + text;
      const held = whole.endsWith('\r') ? 1 : 0;
      const lines = whole.slice(0, whole.length - held).replace(/\r\n?/g, '\n');
      const blocks = lines.split('\n\n');
      rest = (blocks.pop() ?? '') + (held ? '\r' : '');
      for (const block of blocks) flush(block);
    },
    end() {
      flush(rest.replace(/\r\n?/g, '\n'));
      rest = '';
    },
  };
}
