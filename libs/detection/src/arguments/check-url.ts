import { type ArgumentView, argumentRule, type NoteHit } from './argument-view.ts';
import { type HostFacts, type HostKind, hostFacts } from './host-address.ts';

const rules = {
  metadata: argumentRule('ssrf_metadata', 'URL: metadata service of a cloud'),
  loopback: argumentRule('ssrf_loopback', 'URL: the machine itself'),
  inner: argumentRule('ssrf_private', 'URL: address of a private network'),
  disguised: argumentRule('ssrf_disguised', 'URL: address written so that filters miss it'),
  scheme: argumentRule('ssrf_scheme', 'URL: scheme that speaks another protocol'),
  userinfo: argumentRule('ssrf_userinfo', 'URL: another host in front of the real one'),
  port: argumentRule('ssrf_service_port', 'URL: port of an internal service'),
  script: argumentRule('active_url', 'URL: runs script or carries a page'),
  redirect: argumentRule('ssrf_nested', 'URL: internal address inside another URL'),
};

const oddSchemes: ReadonlyMap<string, number> = new Map([
  ['gopher', 0.97],
  ['dict', 0.97],
  ['file', 0.65],
  ['ldap', 0.8],
  ['ldaps', 0.7],
  ['tftp', 0.9],
  ['jar', 0.9],
  ['netdoc', 0.95],
  ['phar', 0.95],
  ['expect', 0.95],
  ['php', 0.9],
  ['sftp', 0.3],
  ['ftp', 0.2],
  ['rmi', 0.9],
  ['iiop', 0.9],
  ['mailto', 0.05],
  ['view-source', 0.8],
  ['dns', 0.7],
  ['telnet', 0.8],
  ['imap', 0.7],
  ['smtp', 0.7],
  ['pop3', 0.7],
]);

const scriptSchemes = /^\s*(?:java\s*script|vbscript|livescript)\s*:/i;

/** Ports behind which sit databases, caches, schedulers and control sockets. */
const servicePorts: ReadonlySet<string> = new Set(
  '22 23 25 53 110 111 135 139 143 389 445 873 1433 1521 2049 2181 2375 2376 2379 3306 3389 4040 5000 5432 5601 5672 5900 5984 5985 6379 6443 7001 7077 8009 8500 8600 8983 9000 9042 9090 9200 9300 10250 10255 11211 15672 27017 50000 50070'.split(
    ' ',
  ),
);

const byKind: Readonly<
  Record<HostKind, readonly [rule: keyof typeof rules, confidence: number] | undefined>
> = {
  metadata: ['metadata', 0.97],
  loopback: ['loopback', 0.7],
  link_local: ['inner', 0.85],
  private: ['inner', 0.45],
  unspecified: ['loopback', 0.9],
  reserved: ['inner', 0.5],
  public: undefined,
};

const maxUrls = 20;

/** Finds URLs that make a server speak to itself or to its neighbours. Nothing is resolved or fetched. */
export function checkUrl(view: ArgumentView, note: NoteHit): void {
  const { text } = view;
  if (scriptSchemes.test(text)) note(rules.script, 0, Math.min(text.length, 24), 0.93);
  if (/^\s*data:(?:text\/html|image\/svg|application\/x?html|text\/xml)/i.test(text)) {
    note(rules.script, 0, Math.min(text.length, 24), 0.8);
  }
  let count = 0;
  for (let at = text.indexOf('//'); at >= 0 && count < maxUrls; at = text.indexOf('//', at + 2)) {
    count += 1;
    checkOne(view, note, at);
  }
  if (count === 0) {
    checkBareHost(view, note);
    checkSlashless(view, note);
  }
}

interface Authority {
  readonly scheme: string;
  readonly userinfo: string;
  readonly host: string;
  readonly port: string;
  readonly start: number;
  readonly end: number;
}

const maxAuthority = 300;

/** The parts around `//`; backslashes count as slashes, as they do to browsers and some clients. */
function readAuthority(text: string, slashes: number): Authority | undefined {
  let start = slashes;
  while (start > 0 && start > slashes - 16 && /[a-z0-9+.:-]/i.test(text.charAt(start - 1))) start -= 1;
  const scheme = text.slice(start, slashes).replace(/:$/, '').toLowerCase();
  let from = slashes + 2;
  while (from < slashes + 8 && /[/\\]/.test(text.charAt(from))) from += 1;
  const piece = text.slice(from, from + maxAuthority);
  const stop = piece.search(/[/?#\s"'<>,)\\]/);
  const authority = stop < 0 ? piece : piece.slice(0, stop);
  const at = authority.lastIndexOf('@');
  const place = authority.slice(at + 1);
  const port = /:([0-9]{1,5})$/.exec(place);
  const host = port ? place.slice(0, -port[0].length) : place.replace(/:$/, '');
  if (host === '' && scheme === '') return undefined;
  return {
    scheme,
    userinfo: at < 0 ? '' : authority.slice(0, at),
    host,
    port: port?.[1] ?? '',
    start,
    end: from + authority.length,
  };
}

function checkOne(view: ArgumentView, note: NoteHit, slashes: number): void {
  const url = readAuthority(view.text, slashes);
  if (!url || (url.scheme === '' && slashes > 0 && view.role !== 'url')) return;
  const doubt = view.isProse ? 0.6 : view.role === 'code' || view.role === 'shell' ? 0.5 : 1;
  const odd = oddSchemes.get(url.scheme);
  if (odd !== undefined) note(rules.scheme, url.start, url.end, odd * doubt);
  if (url.host === '') return;
  judgeHost({ view, note, url, doubt });
}

/** Where a log-in returns to, on the machine of who logs in. */
function comesBack({ text }: ArgumentView, { start }: Authority): boolean {
  return /(?:redirect_ur[il]|callback|return_?(?:to|url))=$/i.test(
    text.slice(Math.max(0, start - 24), start),
  );
}

interface Judged {
  readonly view: ArgumentView;
  readonly note: NoteHit;
  readonly url: Authority;
  readonly doubt: number;
}

function judgeHost(judged: Judged): void {
  const { view, note, url, doubt } = judged;
  const facts = hostFacts(url.host);
  const rule = byKind[facts.kind];
  if (rule) {
    const [name, usual] = rule;
    const confidence = Math.min(0.98, isDevice(view, facts) ? usual * 0.3 : localConfidence(usual, url));
    note(rules[name], url.start, url.end, confidence * doubt);
    judgeInner(judged);
  }
  if (facts.isOdd && (facts.isAddress || rule))
    note(rules.disguised, url.start, url.end, (rule ? 0.96 : 0.7) * doubt);
  checkUserinfo(judged);
}

/** An address inside: behind another address, or of a service that nobody browses. */
function judgeInner({ view, note, url, doubt }: Judged): void {
  const isNested = url.start > 8 && !view.isProse && /[=@/#]/.test(view.text.charAt(url.start - 1));
  if (isNested) note(rules.redirect, url.start, url.end, (comesBack(view, url) ? 0.3 : 0.85) * doubt);
  const isService = servicePorts.has(url.port) && !connectionScheme.test(url.scheme);
  if (isService) note(rules.port, url.start, url.end, 0.9 * doubt);
}

/** Addresses of databases that a tool is told to use. */
const connectionScheme =
  /^(?:postgres|postgresql|mysql|mariadb|mongodb|redis|rediss|amqp|amqps|nats|kafka|mqtt|jdbc:[a-z]{3,12}|sqlserver|ws|wss)$/;

/** A bare page of the machine itself is development; a path into it, or another scheme, is more. */
function localConfidence(usual: number, url: Authority): number {
  if (connectionScheme.test(url.scheme)) return 0.3;
  // A page under development, on a port that development servers take.
  if (url.host === 'localhost' && /^(?:3[0-9]{3}|4200|5173|5174|8000|8080|8888|1313|4321)$/.test(url.port))
    return 0.4;
  if (url.scheme === 'https' && usual < 0.6) return usual * 0.7;
  if (!url.scheme.startsWith('http')) return Math.max(usual, 0.9);
  return servicePorts.has(url.port) ? Math.max(usual, 0.85) : usual;
}

const deviceWords =
  /device|router|camera|printer|local|lan|home|iot|network|appliance|onprem|nas|hue|sensor|controller|gateway|browser|dev/;

function isDevice(view: ArgumentView, facts: HostFacts): boolean {
  return (
    !facts.isOdd &&
    facts.kind !== 'metadata' &&
    facts.kind !== 'link_local' &&
    deviceWords.test(view.toolText)
  );
}

function checkUserinfo({ note, url, doubt }: Judged): void {
  if (url.userinfo === '' || !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?[#\\&]?/i.test(url.userinfo)) return;
  if (url.userinfo.includes(':') && !/:[0-9]{1,5}(?:#|$)/.test(url.userinfo)) return;
  if (/^(?:https?|wss?)?$/.test(url.scheme)) note(rules.userinfo, url.start, url.end, 0.85 * doubt);
}

/** `http:127.0.0.1/`: some parsers put the slashes in themselves. */
function checkSlashless({ text, role }: ArgumentView, note: NoteHit): void {
  const host = role === 'url' ? /^\s*https?:([^\s/:?#@]{1,100})(?:[:/?#]|$)/i.exec(text)?.[1] : undefined;
  if (host !== undefined && byKind[hostFacts(host).kind]) note(rules.disguised, 0, text.length, 0.85);
}

/** `127.0.0.1:6379`, `169.254.169.254`, `localhost` in a field for addresses. */
function checkBareHost(view: ArgumentView, note: NoteHit): void {
  if (view.role !== 'url' || view.text.length > 200) return;
  const match = /^\s*([^\s/:?#@]{1,100}|\[[0-9a-f:.%]{2,60}\])(?::([0-9]{1,5}))?(?:[/?#]|$)/i.exec(view.text);
  const host = match?.[1];
  if (host === undefined || /^[0-9]{1,6}$/.test(host)) return;
  const facts = hostFacts(host);
  const rule = byKind[facts.kind];
  if (!rule) return;
  const isService = servicePorts.has(match?.[2] ?? '');
  note(rules[rule[0]], 0, view.text.length, isDevice(view, facts) ? 0.2 : isService ? 0.8 : rule[1] * 0.7);
  if (facts.isOdd && !facts.isAddress) note(rules.disguised, 0, view.text.length, 0.8);
}
