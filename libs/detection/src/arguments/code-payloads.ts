import { phrases } from '../phrase-list.ts';
import { type PayloadRule, payloadRule, programs } from './payload-rule.ts';

/** Payloads of templates, expression languages and programs. */
export const codePayloads: readonly PayloadRule[] = [
  // Templates and expression languages
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
  payloadRule('code_object', 'Code: object written out, to be built again', 0.9, [
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
];
