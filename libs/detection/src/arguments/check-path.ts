import { type ArgumentView, argumentRule, type NoteHit } from './argument-view.ts';

const rules = {
  traversal: argumentRule('path_traversal', 'Path: leaves its folder'),
  encoded: argumentRule('path_encoded', 'Path: dots or separators written so that filters miss them'),
  system: argumentRule('path_system_file', 'Path: file of the operating system'),
  secret: argumentRule('path_secret_file', 'Path: file that holds secrets', 'MCP01'),
  wrapper: argumentRule('path_wrapper', 'Path: stream wrapper in place of a file'),
  nul: argumentRule('path_nul', 'Path: NUL that cuts a checked ending off'),
  share: argumentRule('path_remote_share', 'Path: share of another machine'),
  padded: argumentRule('path_padding', 'Path: filled up so that its end is cut off'),
};

/** Parts of a path that attackers ask for; lower case, `/` as separator. */
const secretFiles: readonly string[] = [
  '/etc/passwd',
  '/etc/shadow',
  '/etc/sudoers',
  '/etc/master.passwd',
  '/etc/security',
  '/etc/gshadow',
  '/.ssh/',
  'id_rsa',
  'id_ed25519',
  'id_dsa',
  'authorized_keys',
  '.htpasswd',
  '.htaccess',
  '.aws/credentials',
  '.git-credentials',
  '.netrc',
  '.pgpass',
  '.my.cnf',
  '.bash_history',
  '.kube/config',
  '.docker/config.json',
  '/proc/self',
  '/proc/version',
  '/proc/cmdline',
  '/proc/net',
  '/proc/1/',
  'boot.ini',
  'win.ini',
  'system.ini',
  'win/system',
  'windows/system32',
  'winnt/system32',
  'windows/repair',
  'winnt/repair',
  'web-inf/',
  '.git/config',
  '.git/head',
  '.svn/entries',
  'config.php',
  '.ds_store',
  'id_ecdsa',
  'web.config',
  'global.asa',
  'wp-config.php',
  'php.ini',
  'httpd.conf',
  'my.cnf',
  'my.ini',
  'unattend.xml',
  'sysprep.inf',
  'ntuser.dat',
  'config/sam',
  'autoexec.bat',
  'desktop.ini',
  'inetpub/',
  'xampp/',
  'secrets/kubernetes.io',
  'pg_hba.conf',
  'access_log',
  'error_log',
  'access.log',
  'error.log',
  'apache2.conf',
];

const systemRoots =
  /^\/*(?:etc|proc|root|boot|sys|dev|private\/etc|var\/(?:log|run|mail|spool|adm|lib)|usr\/(?:local\/)?(?:etc|apache|php|lib|pkg)|opt\/lampp|windows|winnt|c:\/(?:windows|winnt|boot|inetpub|apache|xampp|php|mysql)|[a-z]:\/(?:windows|winnt))(?:[/0-9.]|$)/;

const wrappers =
  /^(?:php|expect|zip|phar|glob|rar|ogg|ssh2|compress\.(?:zlib|bzip2)|data|file|input|netdoc|jar):/;

/** Finds paths that leave their place. Linear: the text is read a fixed number of times. */
export function checkPath(view: ArgumentView, note: NoteHit): void {
  const { text, role } = view;
  if (
    !text.includes('/') &&
    !text.includes('\\') &&
    !text.includes('..') &&
    !/ini|passwd|\0|conf/i.test(text)
  )
    return;
  if (role === 'regex' || role === 'code' || role === 'shell') return;
  const path = normalPath(text);
  const isWhole = !view.isProse && !/\s\S*\s\S*\s/.test(text.trim());
  const scan: Scan = { view, note, path, isWhole };
  checkClimb(scan);
  checkTarget(scan);
  checkForms(scan);
}

interface Scan {
  readonly view: ArgumentView;
  readonly note: NoteHit;
  /** Lower case, `/` for every separator. */
  readonly path: string;
  /** The value is a path and nothing else. */
  readonly isWhole: boolean;
}

function normalPath(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('\\', '/')
    .replaceAll('∕', '/')
    .replaceAll('⁄', '/')
    .replaceAll('／', '/')
    .replaceAll('\uefc8', '/')
    .replaceAll('．', '.');
}

interface Climb {
  /** Furthest above the start. */
  depth: number;
  level: number;
  ups: number;
  start: number;
  end: number;
  /** `....//`, `..;/`, `.././`: forms that survive a filter that removes `../` once. */
  odd: number;
  same: number;
}

const maxPart = 64;

function climbOf(path: string): Readonly<Climb> {
  const climb: Climb = { depth: 0, level: 0, ups: 0, start: -1, end: 0, odd: 0, same: 0 };
  for (let from = 0; from <= path.length; ) {
    const slash = path.indexOf('/', from);
    const stop = slash < 0 ? path.length : slash;
    takePart(climb, path.slice(from, Math.min(stop, from + maxPart)), from, stop);
    from = stop + 1;
  }
  return climb;
}

function takePart(climb: Climb, part: string, from: number, stop: number): void {
  const dots = dotsOf(part);
  if (dots === 1) climb.same += 1;
  else if (dots === 0 && part !== '' && climb.level >= 0) climb.level += 1;
  if (dots < 2) return;
  climb.level -= 1;
  climb.ups += 1;
  if (dots > 2 || part.length > dots) climb.odd += 1;
  if (climb.start < 0) climb.start = from;
  climb.end = stop;
  climb.depth = Math.max(climb.depth, -climb.level);
}

/** How many dots a part is made of; 0 when there is more in it than dots and what old servers skip. */
function dotsOf(part: string): number {
  const trimmed = part.replace(/[;?%#"'\s].*$/, '').replace(/^[\s"'@(=]+/, '');
  return trimmed !== '' && /^\.+$/.test(trimmed) ? trimmed.length : 0;
}

function checkClimb({ view, note, path, isWhole }: Scan): void {
  if (!path.includes('/')) return;
  const climb = climbOf(path);
  if (climb.same >= 6) note(rules.padded, 0, view.text.length, 0.8);
  if (climb.ups === 0) return;
  const isEncoded = view.layer !== undefined;
  const isMixed = view.text.includes('..\\') && /\.\.\/|\\\/|\/\\/.test(view.text);
  const isRooted = path.startsWith('/');
  const doubt = isWhole ? 1 : 0.6;
  if (isEncoded && isOddLayer(view)) note(rules.encoded, climb.start, climb.end, 0.95 * doubt);
  note(
    rules.traversal,
    climb.start,
    climb.end,
    climbConfidence(climb, { isEncoded, isMixed, isRooted }) * doubt,
  );
}

function isOddLayer({ layer }: ArgumentView): boolean {
  return layer !== undefined && layer.kind !== 'escape';
}

function climbConfidence(
  { depth, ups, odd }: Climb,
  how: { readonly isEncoded: boolean; readonly isMixed: boolean; readonly isRooted: boolean },
): number {
  if (how.isEncoded || how.isMixed || odd > 0) return 0.95;
  if (depth === 0) return 0.2;
  if (how.isRooted) return ups >= 2 ? 0.95 : 0.8;
  if (depth >= 4) return 0.93;
  return [0.15, 0.3, 0.4, 0.75][depth] ?? 0.9;
}

function checkTarget({ view, note, path, isWhole }: Scan): void {
  const name = secretFiles.find((part) => path.includes(part));
  if (name !== undefined) {
    const at = path.indexOf(name);
    const weight = isWhole ? 1 : view.isProse ? 0.4 : 0.75;
    note(rules.secret, at, at + name.length, secretConfidence(path, name) * weight);
  }
  const isSystem = isWhole && systemRoots.test(path);
  if (isSystem) note(rules.system, 0, view.text.length, view.role === 'free_text' ? 0.5 : 0.6);
}

const telling = /passwd|shadow|\.ssh|id_|credentials|\/proc|boot\.ini|win\.ini|htpasswd|\/sam|sudoers/;

function secretConfidence(path: string, name: string): number {
  if (path.includes('..')) return 0.97;
  return telling.test(name) ? 0.9 : 0.7;
}

const nulCode = '\0';

function checkForms({ view, note, path, isWhole }: Scan): void {
  const nul = path.indexOf(nulCode);
  if (nul >= 0 && isWhole) note(rules.nul, nul, nul + 1, 0.95);
  if (isWrapped(path))
    note(rules.wrapper, 0, Math.min(view.text.length, 24), path.startsWith('file:') ? 0.6 : 0.93);
  if (isWhole && view.text.startsWith('\\\\') && remoteShare.test(path))
    note(rules.share, 0, view.text.length, view.role === 'path' ? 0.45 : 0.75);
  const run = view.role === 'free_text' ? -1 : longRun(path);
  if (run >= 0) note(rules.padded, run, run + minFill, 0.7);
}

const remoteShare = /^\/\/[a-z0-9.-]{2,64}\/[a-z0-9$_.-]{1,64}(?:\/|$)/;

/** Data addresses are how pictures travel; as a wrapper they carry a program. */
function isWrapped(path: string): boolean {
  return wrappers.test(path) && path.includes('/') && (!path.startsWith('data:') || path.includes('php'));
}

const minFill = 150;

/** Where one letter or dot is repeated until nothing else fits; -1 when nowhere. */
function longRun(path: string): number {
  let start = 0;
  for (let i = 1; i <= path.length; i += 1) {
    if (path.charCodeAt(i) === path.charCodeAt(start)) continue;
    if (i - start >= minFill && path.charCodeAt(start) > 0x2d) return start;
    start = i;
  }
  return -1;
}
