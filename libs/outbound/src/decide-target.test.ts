import { describe, expect, it } from 'vitest';
import { classifyAddress } from './address-rules.ts';
import { decideTarget } from './decide-target.ts';
import { resolveTarget } from './resolve-target.ts';

const policy = {
  privateOrigins: [
    '127.0.0.1:4431',
    'localhost:4431',
    '[::1]:4431',
    'intern.example:9000',
    '127.0.0.1:4400',
    '0.0.0.0:4431',
    '169.254.169.254:80',
  ],
  ownPorts: [4400, 4411],
};
const reasonOf = (url: string): string => {
  const decision = decideTarget(url, policy);
  return decision.kind === 'deny' ? decision.reason : 'allowed';
};

const literalForms = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1.',
  '0x7F.0x0.0x0.0x1',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '127.255.255.254',
  '0',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '0xa.1',
  '167772161',
  '100.64.0.1',
  '100.127.255.255',
  '100.100.100.200',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '169.254.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.0.170',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '0300.0250.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.7',
  '168.63.129.16',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:169.254.169.254]',
  '[::ffff:10.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2002:a9fe:a9fe::1]',
  '[2002:808:808::1]',
  '[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fd12:3456::1]',
  '[fe80::1]',
  '[febf::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[100::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '[2001:10::1]',
  '[2001:2::1]',
  '[4000::1]',
  '[5f00::1]',
];

describe('decideTarget', () => {
  it.each(literalForms)('refuses https://%s/', (host) => {
    for (const port of ['', ':443', ':8443']) {
      expect(reasonOf(`https://${host}${port}/mcp`)).toMatch(/^(private|forbidden)_address$/);
    }
  });

  it.each([
    ['', 'not_a_url'],
    ['nonsense', 'not_a_url'],
    ['https://', 'not_a_url'],
    ['https://[fe80::1%25eth0]/', 'not_a_url'],
    ['https://999.1.1.1/', 'not_a_url'],
    ['https://exa\u0000mple.com/', 'not_a_url'],
    ['file:///etc/passwd', 'not_a_url'],
    ['gopher://example.com:70/_x', 'scheme'],
    ['ftp://example.com/', 'scheme'],
    ['data:text/plain,x', 'not_a_url'],
    ['javascript:alert(1)', 'not_a_url'],
    ['ws://example.com/', 'scheme'],
    ['http://example.com/', 'scheme'],
    ['http://example.com:443/', 'scheme'],
    ['http://127.0.0.1:4432/', 'scheme'],
    ['https://user@example.com/', 'userinfo'],
    ['https://user:pw@example.com/', 'userinfo'],
    ['https://127.0.0.1:4431@example.com/', 'userinfo'],
    ['https://example.com:22/', 'port'],
    ['https://example.com:6379/', 'port'],
    ['https://example.com:80/', 'port'],
    ['https://intern.example:9001/', 'port'],
    ['https://sub.intern.example:9000/', 'port'],
    ['http://127.0.0.1:4400/', 'own_port'],
    ['http://localhost:4411/', 'own_port'],
    ['https://example.com:4411/', 'own_port'],
    ['https://example.com:0/', 'own_port'],
    ['http://0.0.0.0:4431/', 'forbidden_address'],
    ['http://169.254.169.254/latest', 'forbidden_address'],
  ])('refuses %j as %s', (url, reason) => {
    expect(reasonOf(url)).toBe(reason);
  });

  it.each([
    'https://example.com/mcp',
    'https://example.com:8443/mcp?x=1',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://[64:ff9b::8.8.8.8]/',
    'http://127.0.0.1:4431/mcp',
    'https://127.0.0.1:4431/mcp',
    'http://0x7f.1:4431/mcp',
    'http://localhost:4431/mcp',
    'http://[::1]:4431/mcp',
    'http://INTERN.example:9000/mcp',
  ])('allows %s', (url) => {
    expect(reasonOf(url)).toBe('allowed');
  });
});

describe('resolveTarget', () => {
  const target = (url: string) => {
    const decision = decideTarget(url, policy);
    if (decision.kind === 'deny') throw new Error(decision.reason);
    return decision;
  };
  it.each([
    [['127.0.0.1']],
    [['93.184.216.34', '127.0.0.1']],
    [['2606:4700::1111', '::1']],
    [['169.254.169.254']],
    [['fe80::1%eth0']],
    [['not an address']],
    [['0.0.0.0']],
  ])('refuses a public name that resolves to %j', async (addresses) => {
    const answer = resolveTarget(target('https://rebind.example/'), async () => addresses);
    await expect(answer).rejects.toMatchObject({ code: 'egress_denied' });
  });
  it('judges every resolution anew, so a name that rebinds is refused the second time', async () => {
    const answers = [['93.184.216.34'], ['127.0.0.1']];
    const lookup = async () => answers.shift() ?? [];
    const rebinding = target('https://rebind.example/');
    await expect(resolveTarget(rebinding, lookup)).resolves.toEqual(['93.184.216.34']);
    await expect(resolveTarget(rebinding, lookup)).rejects.toMatchObject({ code: 'egress_denied' });
    await expect(resolveTarget(rebinding, lookup)).rejects.toMatchObject({ code: 'upstream_unreachable' });
  });
  it('lets a listed name be private, but never a metadata service', async () => {
    const listed = target('http://intern.example:9000/');
    await expect(resolveTarget(listed, async () => ['10.1.2.3'])).resolves.toEqual(['10.1.2.3']);
    for (const bad of ['169.254.169.254', '0.0.0.0', '224.0.0.1', 'fd00:ec2::254']) {
      await expect(resolveTarget(listed, async () => [bad])).rejects.toMatchObject({ code: 'egress_denied' });
    }
  });
});

describe('classifyAddress', () => {
  it('knows text that is no address', () => {
    for (const text of ['', 'localhost', '::1%lo', '1.2.3.4.5', 'x'])
      expect(classifyAddress(text)).toBe('forbidden');
    expect(classifyAddress('1.1.1.1')).toBe('public');
  });
});
