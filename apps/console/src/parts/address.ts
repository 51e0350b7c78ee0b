/** What a pasted address is, as far as a browser can tell; the server decides again. */
export type Address =
  | { readonly kind: 'invalid' }
  | { readonly kind: 'public'; readonly origin: string }
  | { readonly kind: 'private'; readonly origin: string };

const localNames = /(^|\.)(localhost|local|internal|lan|home\.arpa)$/;
const literalAddress = /^(\d{1,3}(\.\d{1,3}){3}|\[.+\])$/;

/** Reads a server's URL; a private one needs an operator's permission for its `host:port`. */
export function readAddress(text: string): Address {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return { kind: 'invalid' };
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const host = url.hostname.toLowerCase();
  const origin = `${host}:${port}`;
  const isPrivate =
    url.protocol === 'http:' || literalAddress.test(host) || localNames.test(host) || !host.includes('.');
  return { kind: isPrivate ? 'private' : 'public', origin };
}

/** A name to start from: the site's own word, or the port of a private address. */
export function proposeName(text: string): string {
  const address = readAddress(text);
  if (address.kind === 'invalid') return '';
  const [host = '', port = ''] = [
    address.origin.slice(0, address.origin.lastIndexOf(':')),
    address.origin.split(':').at(-1),
  ];
  if (literalAddress.test(host) || !host.includes('.')) return `local ${port}`;
  return host.split('.').at(-2) ?? host;
}
