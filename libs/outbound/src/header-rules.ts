import { AppError } from '@sallyport/kernel';

const namePattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// Visible Latin-1, space and tab: no CR, LF, NUL or other control character can split a request.
const valuePattern = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers that the connection itself owns. */
const reserved: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'keep-alive',
  'te',
  'trailer',
  'expect',
  'accept-encoding',
  'proxy-authorization',
]);

/**
 * Writes headers as the flat list the pool takes, with `accept-encoding: identity`.
 * @throws AppError `malformed` for a name or value that could split a request, or a reserved name.
 */
export function flattenHeaders(headers: Readonly<Record<string, string>>): string[] {
  const flat = ['accept-encoding', 'identity'];
  for (const name in headers) {
    const value = headers[name] ?? '';
    if (!namePattern.test(name) || reserved.has(name.toLowerCase())) {
      throw new AppError('malformed', 'a header name is not allowed', { details: { reason: 'header_name' } });
    }
    if (!valuePattern.test(value)) {
      throw new AppError('malformed', 'a header value is not allowed', {
        details: { reason: 'header_value' },
      });
    }
    flat.push(name, value);
  }
  return flat;
}
