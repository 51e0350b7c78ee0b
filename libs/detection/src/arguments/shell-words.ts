/** Commands that mean nothing else in a value: naming one after a separator is enough. */
export const plainCommands: ReadonlySet<string> = new Set(
  (
    'whoami ifconfig ipconfig uname netstat systeminfo sysinfo tasklist taskkill nslookup wget curl ' +
    'netcat ncat socat telnet nmap tcpdump traceroute tracert phpinfo powershell pwsh cmd cmd.exe bash ' +
    'zsh ksh csh tcsh perl python python2 python3 php nodejs awk gawk xxd base64 chmod chown chattr ' +
    'useradd adduser usermod userdel passwd su sudo doas mkfifo mknod crontab systemctl insmod modprobe ' +
    'iptables nft ufw mkfs fdisk dd scp sftp rsync ssh sshd ftp tftp certutil bitsadmin regsvr32 ' +
    'rundll32 mshta wmic schtasks attrib icacls cacls takeown regedit wscript cscript vssadmin bcdedit ' +
    'quser getent lsof dig nc nohup xargs printenv setenv pwd ls dmesg lscpu lsblk ps kill pkill ' +
    'killall reboot poweroff mysql mysqldump psql mongo redis-cli sqlite3 gcc tar gzip gunzip unzip 7z ' +
    'strace ltrace gdb lynx w3m aria2c openssl gpg nsenter chroot unshare kubectl docker crictl busybox ' +
    'toybox tclsh osascript ipcs uptime lastlog lastb nbtstat getmac net1 netsh iwr iex ' +
    'invoke-expression invoke-webrequest get-childitem get-content start-process new-object tee rm mv ' +
    'cp ln mkdir rmdir nano vim emacs hexdump whereis id'
  ).split(' '),
);

/** Commands that are also words of language: they need an argument that only a command takes. */
export const wordlyCommands: ReadonlySet<string> = new Set(
  (
    'cc ed ip ver vol route init rev zip arp expect nl od strings which fish dash halt reg sc fetch hostname ruby lua vi sed tac make ' +
    'cat dir type echo sleep ping find sort head tail more less who w date time timeout touch cut join set env export source ' +
    'net start at host man mail read print printf copy move del erase format history wait look mount umount last top free test ' +
    'eval exec exit node nice split paste tr wc grep egrep fgrep file stat diff install service call system shutdown finger ' +
    'users groups watch screen less command alias true false tree for while if function cal bc expr seq yes locate'
  ).split(' '),
);

/** Programs that interpret what they are given. */
export const interpreters: ReadonlySet<string> = new Set([
  'bash',
  'sh',
  'zsh',
  'ksh',
  'dash',
  'csh',
  'python',
  'python2',
  'python3',
  'perl',
  'ruby',
  'php',
  'node',
  'powershell',
  'pwsh',
  'cmd',
  'iex',
  'sudo',
  'lua',
]);
