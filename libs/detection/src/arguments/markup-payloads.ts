import { phrases } from '../phrase-list.ts';
import { markup, type PayloadRule, payloadRule } from './payload-rule.ts';

/** Payloads of XML, server-side includes and pages. */
export const markupPayloads: readonly PayloadRule[] = [
  // XML
  payloadRule(
    'xxe_entity',
    'XML: entity that loads a file or an address',
    0.97,
    [['<!entity*'], ['system', 'public']],
    { gap: 80 },
  ),
  payloadRule('xxe_entity', 'XML: declares entities', 0.85, [['<!entity*']]),
  payloadRule(
    'xxe_doctype',
    'XML: document type that loads something',
    0.85,
    [['<!doctype*'], ['system', 'public "*']],
    { gap: 60, except: ['free_text'] },
  ),
  payloadRule(
    'xxe_doctype',
    'XML: document type with declarations',
    0.6,
    [['<!doctype*'], ['[ <!*', '[<!*', '[ %*', '[%*']],
    { gap: 60 },
  ),
  payloadRule(
    'xml_include',
    'XML: includes another document',
    0.9,
    [
      ['xi:include', 'xinclude"*', '<xsl:include*', '<xsl:import*', 'document(*'],
      ['href*', 'file:*', 'http*'],
    ],
    { gap: 80 },
  ),
  payloadRule(
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
  payloadRule(
    'xml_cdata_script',
    'XML: markup hidden in CDATA',
    0.75,
    [
      ['<![cdata[*'],
      phrases(`<script* ¦ ' or* ¦ alert(* ¦ <img* ¦ javascript:* ¦ <]]>* ¦ script<!* ¦ cript:*`),
    ],
    { gap: 80, except: ['free_text'] },
  ),
  payloadRule('xml_cdata', 'XML: CDATA section', 0.3, [['<![cdata[*']], { except: ['free_text', 'code'] }),
  // Server-side includes
  payloadRule('server_include', 'Server-side include', 0.97, [
    phrases(`
      <!--#exec* ¦ <!--#include* ¦ <!--#echo* ¦ <!--#printenv* ¦ <!--#config* ¦ <!--#set* ¦
      <esi:* ¦ <!--esi*`),
  ]),
  // Lookups
  payloadRule(
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
  // Pages
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
];
