import { phrases } from '../phrase-list.ts';
import type { PhraseRule } from '../phrase-rules.ts';
import type { ArgumentRole } from './argument-role.ts';

/** What is hostile although the argument may hold this syntax. */
export interface RoleRule extends PhraseRule {
  readonly confidence: number;
  /** Roles in which the rule is sure; elsewhere less. */
  readonly roles: readonly ArgumentRole[];
  /** Looks at what follows the last literal, where a literal cannot say enough. */
  readonly confirm?: (text: string, end: number) => boolean;
}

const fetchers = phrases(`
      curl ¦ wget ¦ fetch ¦ aria2c ¦ iwr ¦ invoke-webrequest ¦ certutil ¦ bitsadmin ¦
      invoke-restmethod ¦ irm`);
const senders = phrases(`
      curl ¦ wget ¦ nc ¦ ncat ¦ netcat ¦ telnet ¦ ftp ¦ scp ¦ rsync ¦ socat ¦ /dev/tcp/* ¦
      openssl s_client ¦ mail ¦ sendmail ¦ nslookup ¦ dig`);
const secrets = phrases(`
      .ssh/* ¦ id_rsa ¦ id_ed25519 ¦ .aws/* ¦ .env ¦ /etc/passwd ¦ /etc/shadow ¦ .netrc ¦
      .git-credentials ¦ .kube/config ¦ .npmrc ¦ .pypirc ¦ printenv ¦ /proc/self/environ ¦
      .bash_history ¦ credentials.json ¦ service_account.json ¦ .docker/config.json ¦
      login.keychain* ¦ wallet.dat ¦ .gnupg/* ¦ cookies.sqlite ¦ login data`);

function shell(
  code: string,
  title: string,
  confidence: number,
  steps: PhraseRule['steps'],
  gap = 80,
): RoleRule {
  return { code, title, severity: 'high', owasp: 'MCP05', confidence, roles: ['shell', 'code'], steps, gap };
}

function sql(
  code: string,
  title: string,
  confidence: number,
  steps: PhraseRule['steps'],
  gap = 80,
): RoleRule {
  return { code, title, severity: 'high', owasp: 'MCP05', confidence, roles: ['sql'], steps, gap };
}

export const roleRules: readonly RoleRule[] = [
  shell(
    'shell_remote_script',
    'Shell: runs what it fetches',
    0.95,
    [
      fetchers,
      phrases(`
      | sh ¦ |sh ¦ | bash ¦ |bash ¦ | zsh ¦ | sudo* ¦ | python* ¦ |python* ¦ | perl ¦ | node ¦
      | iex ¦ |iex ¦ | ruby ¦ && bash ¦ && sh ¦ ; sh ¦ ; bash ¦ && chmod +x* ¦ ; chmod +x* ¦
      && ./* ¦ ; ./* ¦ -urlcache*`),
    ],
    160,
  ),
  shell('shell_remote_script', 'Shell: runs what it fetches', 0.95, [
    phrases(`
      bash <(curl* ¦ sh <(curl* ¦ bash -c "$(curl* ¦ sh -c "$(curl* ¦ eval "$(curl* ¦
      eval $(curl* ¦ iex (new-object* ¦ iex(new-object* ¦ iex (iwr* ¦ downloadstring(* ¦
      downloadfile(* ¦ source <(curl* ¦ . <(curl* ¦ mshta http* ¦ regsvr32 /s /n /u /i:* ¦
      rundll32 javascript:* ¦ python -c "import urllib*`),
  ]),
  shell('shell_reverse', 'Shell: hands itself to another machine', 0.98, [
    phrases(`
      /dev/tcp/* ¦ /dev/udp/* ¦ bash -i >&* ¦ sh -i >&* ¦ bash -i >* ¦ nc -e* ¦ ncat -e* ¦
      nc -c* ¦ -e /bin/sh ¦ -e /bin/bash ¦ -e cmd* ¦ exec:/bin/* ¦ exec:'bash* ¦ socat tcp* ¦
      socat exec* ¦ pty.spawn* ¦ socket.socket(* ¦ tcpsocket.open* ¦ tcpsocket.new* ¦
      net.sockets.tcpclient* ¦ inet:tcp* ¦ fsockopen(* ¦ use socket* ¦
      openssl s_client -quiet* ¦ 0<&196* ¦ <&3 >&3* ¦ /inet/tcp/*`),
  ]),
  shell(
    'shell_reverse',
    'Shell: hands itself to another machine',
    0.95,
    [
      ['mkfifo', 'mknod'],
      phrases(`| nc ¦ |nc ¦ | sh ¦ |sh ¦ /bin/sh ¦ /bin/bash ¦ | telnet ¦ openssl`),
      phrases(`nc ¦ ncat ¦ telnet ¦ sh ¦ bash ¦ >*`),
    ],
    100,
  ),
  {
    ...shell('shell_destructive', 'Shell: destroys data', 0.95, [
      ['rm -rf', 'rm -fr', 'rm -r -f', 'rm -f -r'],
    ]),
    confirm: (text, end) =>
      /^\s+(?:--no-preserve-root\s+)?(?:["']?(?:\/(?:\*|\.\*)?|~\/?\*?|\$HOME\/?\*?|\/(?:etc|usr|var|home|bin|lib|boot|root|opt|srv|Users|System|Library)\/?\*?|\*|\.\/?\*|[a-z]:[\\/]\*?))["']?(?:\s|;|&|\||$|\))/i.test(
        text.slice(end, end + 60),
      ),
  },
  shell('shell_destructive', 'Shell: destroys data', 0.9, [
    phrases(`
      rm -rf --no-preserve-root* ¦ mkfs* ¦ dd if=/dev/zero of=/dev/* ¦
      dd if=/dev/random of=/dev/* ¦ dd if=/dev/urandom of=/dev/* ¦ > /dev/sda* ¦ >/dev/sda* ¦
      shred -* ¦ wipefs* ¦ :(){* ¦ :() {* ¦ chmod -r 777 / ¦ chmod -r 000 /* ¦
      chown -r root /* ¦ format c:* ¦ del /f /s /q* ¦ rd /s /q c:* ¦ rmdir /s /q c:* ¦
      cipher /w* ¦ vssadmin delete* ¦ wbadmin delete* ¦ kill -9 -1 ¦ mv / /dev/null ¦
      mv ~ /dev/null ¦ remove-item -recurse -force c:* ¦ git push --force --all* ¦
      find / -delete* ¦ truncate -s 0 /var/log*`),
  ]),
  shell('shell_exfiltration', 'Shell: sends files or settings away', 0.9, [
    ['nslookup', 'dig', 'ping', 'host', 'curl', 'wget'],
    phrases(
      `$(whoami* ¦ $(hostname* ¦ $(id* ¦ $(cat* ¦ $(env* ¦ $(uname* ¦ \`whoami* ¦ \`cat* ¦ \`id* ¦ \`hostname*`,
    ),
  ]),
  shell(
    'shell_exfiltration',
    'Shell: sends files or settings away',
    0.95,
    [
      ['curl', 'wget'],
      phrases(`
      -d @* ¦ --data @* ¦ --data-binary @* ¦ -f file=@* ¦ -f "file=@* ¦ -t /* ¦ -t ~* ¦
      --upload-file ¦ --post-file* ¦ -d "$(* ¦ -d '$(* ¦ -d $(* ¦ ?d=$(* ¦ =$(cat* ¦
      =$(whoami* ¦ =$(id* ¦ =$(env* ¦ =\`* ¦ $(base64* ¦ /$(* ¦ -d "\`* ¦ -d @- ¦
      --data-binary @- ¦ --data @- ¦ -d "$*`),
    ],
    120,
  ),
  shell('shell_exfiltration', 'Shell: sends files or settings away', 0.95, [secrets, senders], 120),
  shell('shell_exfiltration', 'Shell: sends files or settings away', 0.93, [senders, secrets], 160),
  shell(
    'shell_exfiltration',
    'Shell: sends files or settings away',
    0.93,
    [
      phrases(`
      tar ¦ zip ¦ base64 ¦ env ¦ printenv ¦ xxd ¦ gzip ¦ openssl enc* ¦ mysqldump ¦ pg_dump ¦
      history ¦ cat ¦ set`),
      phrases(`
      | nc ¦ |nc ¦ | curl ¦ |curl ¦ | ncat ¦ | ssh ¦ | telnet ¦ | openssl s_client* ¦
      > /dev/tcp* ¦ >/dev/tcp* ¦ | mail ¦ | sendmail ¦ | socat`),
    ],
    160,
  ),
  shell(
    'shell_secret_file',
    'Shell: reads a file that holds secrets',
    0.75,
    [
      phrases(`
      cat ¦ less ¦ more ¦ head ¦ tail ¦ cp ¦ type ¦ base64 ¦ xxd ¦ grep ¦ strings ¦ scp ¦ tar ¦
      zip ¦ open ¦ get-content ¦ copy ¦ nano ¦ vi ¦ awk ¦ sed ¦ dd`),
      secrets,
    ],
    60,
  ),
  shell('shell_persistence', 'Shell: stays after the call', 0.9, [
    [
      'crontab -*',
      '/etc/cron*',
      '>> ~/.bashrc',
      '>>~/.bashrc',
      '>> ~/.profile',
      '>> ~/.zshrc',
      '>> ~/.ssh/authorized_keys',
      '>>~/.ssh/authorized_keys',
      '> ~/.ssh/authorized_keys',
      '>> /etc/sudoers',
      '>> /etc/passwd',
      'nopasswd: all*',
      'nopasswd:all*',
      'chmod u+s*',
      'chmod +s*',
      'chmod 4755*',
      'schtasks /create*',
      'reg add hk*',
      'net user * /add'.replace('* ', ''),
      'net localgroup administrators*',
      'useradd -o*',
      'useradd -u 0*',
      'systemctl enable*',
      'launchctl load*',
      'ld_preload=*',
      '/etc/ld.so.preload',
      'new-service*',
      'sc create*',
    ],
  ]),
  shell('shell_defence', 'Shell: turns protection or records off', 0.85, [
    phrases(`
      history -c ¦ unset histfile ¦ histfile=/dev/null ¦ setenforce 0 ¦ ufw disable ¦
      iptables -f ¦ systemctl stop firewalld ¦ systemctl stop auditd ¦ netsh advfirewall set* ¦
      netsh firewall set* ¦ set-mppreference* ¦ auditctl -e 0 ¦ rm -f /var/log* ¦
      rm -rf /var/log* ¦ wevtutil cl* ¦ clear-eventlog* ¦ killall -9 rsyslogd ¦
      spctl --master-disable ¦ csrutil disable ¦ docker run --privileged* ¦ -v /:/* ¦
      --pid=host ¦ nsenter --target 1* ¦ nsenter -t 1* ¦ insmod* ¦ xmrig* ¦ stratum+tcp* ¦
      minerd*`),
  ]),
  shell(
    'shell_encoded',
    'Shell: runs text it decodes',
    0.93,
    [
      phrases(`
      base64 -d ¦ base64 --decode ¦ base64 -di ¦ xxd -r -p ¦ xxd -r ¦ openssl base64 -d* ¦
      openssl enc -d* ¦ printf * ¦ echo -e * ¦ rev ¦ tr 'a-z* ¦ gunzip ¦ python -c *`),
      phrases(`| sh ¦ |sh ¦ | bash ¦ |bash ¦ | zsh ¦ | python* ¦ | perl ¦ | sudo* ¦ | eval* ¦ | xargs*`),
    ],
    60,
  ),
  shell(
    'shell_encoded',
    'Shell: runs text it decodes',
    0.93,
    [
      ['powershell', 'pwsh', 'powershell.exe'],
      phrases(`
      -enc* ¦ -e jab* ¦ -ec * ¦ -encodedcommand* ¦ -w hidden* ¦ -windowstyle hidden* ¦ -nop* ¦
      frombase64string* ¦ -ep bypass* ¦ -executionpolicy bypass*`),
    ],
    60,
  ),
  sql('sql_destructive', 'SQL: destroys tables or data', 0.5, [
    phrases(`
      drop table* ¦ drop database* ¦ drop schema* ¦ truncate table* ¦ drop user* ¦ drop owned* ¦
      alter user* ¦ grant all* ¦ create user* ¦ create login* ¦ grant dba* ¦ drop role* ¦
      drop view* ¦ delete from mysql* ¦ update mysql.user*`),
  ]),
  sql('sql_outside', 'SQL: reaches files, programs or the network', 0.95, [
    phrases(`
      xp_cmdshell* ¦ sp_oacreate* ¦ into outfile* ¦ into dumpfile* ¦ load_file(* ¦
      load data local infile* ¦ load data infile* ¦ utl_http* ¦ utl_file* ¦ dbms_scheduler* ¦
      dbms_java* ¦ to program* ¦ from program* ¦ pg_read_file* ¦ pg_ls_dir* ¦ lo_import* ¦
      lo_export* ¦ sys_exec(* ¦ sys_eval(* ¦ openrowset(* ¦ opendatasource(* ¦
      load_extension(* ¦ dblink(* ¦ dblink_connect* ¦ xp_dirtree* ¦ writefile(* ¦ readfile(* ¦
      attach database* ¦ create extension* ¦ create function* ¦ file_fdw* ¦ httpuritype*`),
  ]),
];
