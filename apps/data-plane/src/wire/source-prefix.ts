/** The /24 or /48 of an address: enough to see where a flood comes from, too little to name a person. */
export function sourcePrefix(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  if (plain.includes('.') && !plain.includes(':')) return `${plain.split('.', 3).join('.')}.0/24`;
  const [head = '', tail] = plain.split('%', 1)[0]?.split('::') ?? [];
  const groups = head.split(':').filter((group) => group !== '');
  if (tail === undefined && groups.length < 3) return 'unknown';
  while (groups.length < 3) groups.push('0');
  return `${groups.slice(0, 3).join(':')}::/48`;
}
