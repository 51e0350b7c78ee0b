import { phrases } from '../phrase-list.ts';
import type { PhraseRule } from '../phrase-rules.ts';
import type { ArgumentRole } from './argument-role.ts';

/** Literals that payloads of a class are made of; where a role expects them they are left out. */
export interface PayloadRule extends PhraseRule {
  readonly confidence: number;
  /** Roles in which this is ordinary. */
  readonly except?: readonly ArgumentRole[];
}

const programs: readonly ArgumentRole[] = ['code', 'shell'];
const markup: readonly ArgumentRole[] = ['xml', 'template', 'code'];

function rule(
  code: string,
  title: string,
  confidence: number,
  steps: PhraseRule['steps'],
  more: { except?: readonly ArgumentRole[]; gap?: number } = {},
): PayloadRule {
  return { code, title, severity: 'high', owasp: 'MCP05', confidence, steps, ...more };
}

export const payloadRules: readonly PayloadRule[] = [
  // XML
  rule(
    'xxe_entity',
    'XML: entity that loads a file or an address',
    0.97,
    [['<!entity*'], ['system', 'public']],
    { gap: 80 },
  ),
  rule('xxe_entity', 'XML: declares entities', 0.85, [['<!entity*']]),
  rule(
    'xxe_doctype',
    'XML: document type that loads something',
    0.85,
    [['<!doctype*'], ['system', 'public "*']],
    { gap: 60, except: ['free_text'] },
  ),
  rule(
    'xxe_doctype',
    'XML: document type with declarations',
    0.6,
    [['<!doctype*'], ['[ <!*', '[<!*', '[ %*', '[%*']],
    { gap: 60 },
  ),
  rule(
    'xml_include',
    'XML: includes another document',
    0.9,
    [
      ['xi:include', 'xinclude"*', '<xsl:include*', '<xsl:import*', 'document(*'],
      ['href*', 'file:*', 'http*'],
    ],
    { gap: 80 },
  ),
  rule(
    'xml_stylesheet',
    'XML: transformation that calls code',
    0.95,
    [
      ['xsl:value-of*', 'msxsl:script*', 'php:function*', 'xsl:stylesheet'],
      phrases(`
      system-property* ¦ runtime* ¦ php:function* ¦ c# ¦ javascript ¦ unparsed-text* ¦
      document(* ¦ xmlns:php* ¦ xalan*`),
    ],
    { gap: 400 },
  ),
  rule(
    'xml_cdata_script',
    'XML: markup hidden in CDATA',
    0.75,
    [
      ['<![cdata[*'],
      phrases(`<script* ¦ ' or* ¦ alert(* ¦ <img* ¦ javascript:* ¦ <]]>* ¦ script<!* ¦ cript:*`),
    ],
    { gap: 80, except: ['free_text'] },
  ),
  rule('xml_cdata', 'XML: CDATA section', 0.3, [['<![cdata[*']], { except: ['free_text', 'code'] }),
  // Server-side includes
  rule('server_include', 'Server-side include', 0.97, [
    phrases(`
      <!--#exec* ¦ <!--#include* ¦ <!--#echo* ¦ <!--#printenv* ¦ <!--#config* ¦ <!--#set* ¦
      <esi:* ¦ <!--esi*`),
  ]),
  // Lookups
  rule(
    'lookup_jndi',
    'Lookup that loads code',
    0.99,
    [
      phrases(`
      \${jndi:* ¦ $%7bjndi* ¦ jndi:ldap* ¦ jndi:rmi* ¦ jndi:dns* ¦ \${\${* ¦ \${lower:* ¦
      \${upper:* ¦ \${::-* ¦ \${env:* ¦ \${sys:* ¦ \${date:* ¦ \${ctx:*`),
    ],
    { except: ['template'] },
  ),
  // Templates and expression languages
  rule(
    'template_object',
    'Template: reaches into the program',
    0.97,
    [
      phrases(`
      __class__* ¦ __mro__* ¦ __subclasses__* ¦ __globals__* ¦ __builtins__* ¦ __import__* ¦
      __init__*.__ ¦ __bases__* ¦ _self.env* ¦ lipsum.* ¦ cycler.* ¦ joiner.* ¦
      freemarker.template* ¦ getruntime(* ¦ getclass(* ¦ java.lang.* ¦ class.forname* ¦
      t(java* ¦ @java.lang* ¦ processbuilder* ¦ objectconstructor* ¦ #set($* ¦ $class.inspect* ¦
      $runtime* ¦ smarty.version* ¦ {php}* ¦ registerundefinedfiltercallback* ¦
      self._templatereference* ¦ constructor.constructor* ¦ constructor']* ¦
      mainmodule.require* ¦ global.process* ¦ ?new()* ¦ #_memberaccess* ¦ @ognl* ¦ %{(#* ¦
      %{#* ¦ opensymphony* ¦ xwork* ¦ scriptenginemanager*`),
    ],
    { except: programs },
  ),
  rule(
    'template_config',
    'Template: reads settings of the program',
    0.9,
    [
      ['{{', '${', '{%', '<%=*'],
      phrases(`
      config ¦ config.items* ¦ settings.secret* ¦ request.application* ¦ request.environ* ¦
      self.__* ¦ url_for.* ¦ get_flashed* ¦ app.request* ¦ dump(* ¦ debug ¦ attr(* ¦ |attr* ¦
      include_file* ¦ fetch(* ¦ file.open* ¦ dir.entries* ¦ system(* ¦ exec(* ¦ eval(* ¦
      popen(* ¦ io.popen* ¦ \`* ¦ passthru* ¦ shell_exec* ¦ #with* ¦ #assign* ¦
      range.constructor* ¦ $on.constructor* ¦ tostring(*`),
    ],
    { gap: 24, except: programs },
  ),
  rule(
    'template_assign',
    'Template: defines a call',
    0.93,
    [
      phrases(`
      <#assign* ¦ <#set* ¦ #set ($* ¦ #evaluate* ¦ #include(* ¦ #parse(* ¦ <% system* ¦
      <%= system* ¦ <%= file.* ¦ <%= dir.* ¦ <%= \`* ¦ <%import* ¦ <%= 7* ¦ #{ 7* ¦ <%@* ¦
      <%!*`),
    ],
    { except: programs },
  ),
  // Code
  rule(
    'code_call',
    'Code: runs a command',
    0.95,
    [
      phrases(`
      system(* ¦ exec(* ¦ shell_exec(* ¦ passthru(* ¦ popen(* ¦ proc_open(* ¦ pcntl_exec(* ¦
      os.system* ¦ os.popen* ¦ subprocess.* ¦ child_process* ¦ execsync(* ¦ spawnsync(* ¦
      runtime.exec* ¦ getruntime().exec* ¦ process.start(* ¦ system.diagnostics* ¦
      kernel.exec* ¦ io.popen* ¦ commands.getoutput* ¦ wscript.shell* ¦ shellexecute* ¦
      createobject(*`),
    ],
    { except: programs },
  ),
  rule(
    'code_eval',
    'Code: evaluates what it is given',
    0.85,
    [
      [
        'eval(*',
        'assert(*',
        'base64_decode(*',
        'create_function(*',
        'preg_replace(*',
        'call_user_func*',
        'gzinflate(*',
        'str_rot13(*',
        'new function(*',
        'function(){*',
        'settimeout(*',
        'phpinfo(*',
        'print(md5*',
        '@print(*',
        'print(`*',
        '__import__(*',
        'importlib*',
        'compile(*',
        'getattr(*',
        'globals()*',
        'process.env*',
        'process.exit*',
        'process.mainmodule*',
        "require('fs*",
        "require('child*",
        'require("child*',
        'readfilesync*',
        'file_get_contents*',
        'file_put_contents*',
        'include($*',
        '$_get*',
        '$_post*',
        '$_request*',
        '$_server*',
        '$_cookie*',
        'response.write*',
        'server.createobject*',
        "open('/etc*",
        'open("/etc*',
        'import os',
        'import socket',
        'use socket*',
        'socket.socket*',
        'tcpsocket.*',
        'fsockopen*',
        'pty.spawn*',
        'marshal.loads*',
        'pickle.loads*',
        'yaml.load*',
        '!!python/*',
        '!!javax*',
        '!ruby/*',
        'cos\nsystem*'.replace('\n', ' '),
      ],
    ],
    { except: programs },
  ),
  rule(
    'code_tag',
    'Code: opens a block of another language',
    0.9,
    [
      phrases(`
      <?php* ¦ <?= * ¦ <? * ¦ <?=* ¦ <script language* ¦ <jsp:* ¦ <cfexecute* ¦ <%eval* ¦
      <% eval* ¦ <%execute*`),
    ],
    { except: [...programs, 'template', 'xml'] },
  ),
  rule('code_object', 'Code: object written out, to be built again', 0.9, [
    [
      'ro0ab*',
      'aced0005*',
      'o:8:"*',
      'o:4:"*',
      'o:1:"*',
      'o:2:"*',
      'o:3:"*',
      'o:5:"*',
      'o:6:"*',
      'o:7:"*',
      'o:9:"*',
      'c:11:"*',
      'a:1:{*',
      'a:2:{*',
      'aaeaaad/////*',
      '_$$nd_func$$_*',
      'yso*serial'.replace('*', ''),
      '"__proto__"*',
      '__proto__[*',
      'constructor[prototype*',
      'constructor.prototype*',
    ],
  ]),
  // Pages
  rule(
    'html_script',
    'HTML: script',
    0.9,
    [
      [
        '<script*',
        '</script*',
        '<svg/*',
        '<svg onload*',
        '<svg on*',
        '<iframe*',
        '<object*',
        '<embed*',
        '<base *',
        '<applet*',
        '<meta http-equiv*',
        '<isindex*',
        '<marquee*',
        '<details on*',
        '<body on*',
        '<img src=x*',
        '<video on*',
        '<audio on*',
        '<math*',
        '<xss*',
        '<input on*',
        'srcdoc=*',
        '<scr*ipt'.replace('*', ''),
      ],
    ],
    { except: markup },
  ),
  rule(
    'html_handler',
    'HTML: event that runs script',
    0.93,
    [
      phrases(`
      onerror=* ¦ onerror =* ¦ onload=* ¦ onclick=* ¦ onmouseover=* ¦ onfocus=* ¦ ontoggle=* ¦
      onpointer* ¦ onanimation* ¦ onstart=* ¦ onbegin=* ¦ onmouse* ¦ onblur=* ¦ onpageshow=* ¦
      onreadystatechange* ¦ onresize=* ¦ onscroll=* ¦ onwheel=* ¦ oninput=* ¦ onsubmit=*`),
      phrases(`
      = ¦ alert* ¦ (* ¦ \`* ¦ prompt* ¦ confirm* ¦ javascript* ¦ eval* ¦ fetch* ¦ document* ¦
      window* ¦ location*`),
    ],
    { gap: 24, except: markup },
  ),
  rule(
    'html_call',
    'HTML: script that shows itself',
    0.8,
    [
      phrases(`
      alert(* ¦ alert\`* ¦ prompt(1* ¦ confirm(1* ¦ document.cookie* ¦ document.write* ¦
      document.domain* ¦ document.location* ¦ window.location* ¦ string.fromcharcode* ¦
      javascript:* ¦ vbscript:* ¦ livescript:* ¦ expression(* ¦ -moz-binding* ¦ fscommand* ¦
      innerhtml* ¦ xmlhttprequest*`),
    ],
    { except: ['code', 'template', 'free_text'] },
  ),
  rule(
    'html_break',
    'HTML: leaves an attribute',
    0.9,
    [
      phrases(`
      "><* ¦ '><* ¦ "> <* ¦ '> <* ¦ </title><* ¦ </textarea><* ¦ --><* ¦ </style><* ¦
      </noscript><* ¦ "/><* ¦ '/><* ¦ </a><* ¦ ]]><*`),
    ],
    { except: markup },
  ),
  // NoSQL
  rule(
    'nosql_operator',
    'NoSQL: operator where a value belongs',
    0.9,
    [
      phrases(`
      $where* ¦ [$ne]* ¦ [$gt]* ¦ [$lt]* ¦ [$regex]* ¦ [$exists]* ¦ [$in]* ¦ [$nin]* ¦ [$or]* ¦
      [$eq]* ¦ {"$gt":* ¦ {"$ne":* ¦ {"$lt":* ¦ {"$regex":* ¦ {"$exists":* ¦ {"$nin":* ¦
      {"$or":* ¦ {$gt:* ¦ {$ne:* ¦ {$lt:* ¦ {$regex* ¦ {$exists* ¦ {$nin* ¦ {'$gt* ¦ {'$ne* ¦
      "$where* ¦ "$func* ¦ $function* ¦ $accumulator* ¦ {"$in":* ¦ { $ne* ¦ { $gt* ¦ { "$ne* ¦
      { "$gt* ¦ "$ne":* ¦ "$gt":* ¦ $or: [* ¦ $or:[* ¦ "$or":* ¦ "$or": [* ¦ "&exists* ¦
      $comment*`),
    ],
    { except: ['nosql', 'code'] },
  ),
  rule(
    'nosql_script',
    'NoSQL: script run by the database',
    0.93,
    [
      phrases(`
      this.password* ¦ this.username* ¦ this.user* ¦ this.passwd* ¦ this.email* ¦ .match(/* ¦
      return true;* ¦ return 1;* ¦ return(true)* ¦ return true}* ¦ db.injection* ¦ .insert({* ¦
      .mapreduce(* ¦ mapreduce(* ¦ $where: * ¦ tojson(* ¦ while(true)* ¦ emit(1* ¦ db.getname* ¦
      db.version(* ¦ db.getcollection* ¦ db.stores* ¦ obj.password* ¦ ';sleep(* ¦ var date=* ¦
      do{curdate* ¦ dbs.dropdatabase* ¦ .dropdatabase(* ¦ sleep(5000* ¦ sleep(10000* ¦
      || '1'=='1* ¦ ||'a'=='a* ¦ || 1==1* ¦ ||1==1* ¦ && this.* ¦ ; return *`),
    ],
    { except: ['code', 'sql', 'shell'] },
  ),
  // LDAP and XPath
  rule(
    'ldap_filter',
    'LDAP: leaves its filter',
    0.95,
    [
      phrases(`
      *)(* ¦ )(|(* ¦ )(&(* ¦ )(!(* ¦ )|(* ¦ *()|* ¦ *)(|* ¦ *)(&* ¦ *)|(* ¦ (|(* ¦ (&(* ¦ (!(* ¦
      *))%00* ¦ ))(|* ¦ *|(* ¦ |(* ¦ )(cn=* ¦ )(uid=* ¦ )(objectclass=* ¦ (objectclass=* ¦
      )(userpassword=* ¦ |(mail=* ¦ &(uid=* ¦ *(|* ¦ *(&* ¦ /*)(* ¦ )%00*`),
    ],
    { except: ['ldap', 'code', 'regex', 'nosql', 'free_text', 'template', 'shell', 'sql'] },
  ),
  rule(
    'ldap_filter',
    'LDAP: leaves its filter',
    0.93,
    [
      phrases(`
      *)(uid=* ¦ *)(|(* ¦ *))(|(* ¦ )(|(* ¦ )(&(* ¦ *)(objectclass* ¦ *)(userpassword* ¦
      *)(cn=* ¦ *)((|* ¦ *()|* ¦ |(mail=* ¦ (|(mail=* ¦ admin*)(* ¦ admin)(&* ¦ admin)(!*`),
    ],
    { except: ['ldap', 'code', 'regex'] },
  ),
  rule(
    'xpath_probe',
    'XPath: asks about the document itself',
    0.93,
    [
      phrases(`
      name()=* ¦ name() =* ¦ string-length(* ¦ count(/* ¦ count(//* ¦ count(parent* ¦
      substring(//* ¦ substring(name* ¦ child::node()* ¦ position()=* ¦ string(//* ¦
      last() and* ¦ starts-with(* ¦ doc(concat* ¦ doc-available* ¦ codepoints-to* ¦ /child::* ¦
      following::* ¦ ancestor::* ¦ ] | //* ¦ ]|//* ¦ |//*`),
      phrases(`'* ¦ =* ¦ (* ¦ )* ¦ [* ¦ ]*`),
    ],
    { gap: 40, except: ['xml', 'code', 'url', 'free_text', 'path', 'shell', 'regex', 'template', 'email'] },
  ),
  rule(
    'xpath_probe',
    'XPath: asks about the document itself',
    0.9,
    [
      phrases(`
      ' or name()* ¦ ' and name()* ¦ or name()='* ¦ count(/child* ¦ string-length(name* ¦
      substring(//* ¦ ']|//* ¦ '] | //* ¦ or position()* ¦ ' or count(* ¦ and count(/* ¦
      user[position* ¦ doc-available(* ¦ unparsed-text(* ¦ 'or string-* ¦ or contains(name* ¦
      or//*`),
    ],
    { except: ['xml', 'code'] },
  ),
  // Format strings
  rule(
    'format_string',
    'Format string that reads or writes memory',
    0.9,
    [
      phrases(`
      %n%n* ¦ %s%s%s%s* ¦ %x%x%x%x* ¦ %p%p%p%p* ¦ %d%d%d%d* ¦ %08x* ¦ %s%n* ¦ %x%n* ¦ %1$n* ¦
      %99999* ¦ %s%p%x%d* ¦ %.1024d* ¦ %.2048d* ¦ %.4096d* ¦ %n%s*`),
    ],
    { except: ['code', 'template'] },
  ),
];
