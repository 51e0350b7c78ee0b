import type { Random } from './random.ts';
import type { Rewrite } from './redteam-rewrite.ts';

const percent = (text: string): string =>
  Array.from(Buffer.from(text), (byte) =>
    /[A-Za-z0-9]/u.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).padStart(2, '0')}`,
  ).join('');

const mixedCase: Rewrite = (text, random) =>
  text.replace(/[a-z]/giu, (letter) => (random.next() < 0.5 ? letter.toUpperCase() : letter.toLowerCase()));

const fullwidth: Rewrite = (text) =>
  text.replace(/[!-~]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));

/** Ways that no parser minds, whatever the payload is written in. */
const general = {
  plain: (text) => text,
  percent,
  percent_twice: (text) => percent(percent(text)),
  fullwidth,
  padded: (text, random) => `${' '.repeat(200 + random.below(400))}${text}`,
  behind_text: (text) => `please look this up for me ${text}`,
  null_byte: (text) => `${text}%00`,
  html_entities: (text) =>
    text.replace(/[<>"'&;(){}]/gu, (letter) => `&#x${letter.charCodeAt(0).toString(16)};`),
  base64: (text) => Buffer.from(text).toString('base64'),
  hex: (text) => Buffer.from(text).toString('hex'),
} as const satisfies Readonly<Record<string, Rewrite>>;

const sqlWord =
  /\b(?:select|union|from|where|and|or|insert|update|delete|drop|sleep|order|by|like|into|having|all)\b/giu;

const sql = {
  mixed_case: mixedCase,
  comments: (text) => text.replace(/ +/gu, '/**/'),
  filled_comments: (text, random) => text.replace(/ +/gu, () => `/*${random.below(900)}*/`),
  versioned: (text) => text.replace(sqlWord, (word) => `/*!50000${word}*/`),
  other_blanks: (text, random) => text.replace(/ +/gu, () => random.pick(['\t', '\n', '\u000b', '%0a', '+'])),
  doubled_words: (text) => text.replace(sqlWord, (word) => word.slice(0, 2) + word + word.slice(2)),
  line_comments: (text) => text.replace(/ +/gu, '--x\n'),
  logic_signs: (text) => text.replace(/\bor\b/giu, '||').replace(/\band\b/giu, '&&'),
} as const satisfies Readonly<Record<string, Rewrite>>;

const word = /[a-z]{3,}/giu;

const shell = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell fills it.
  ifs: (text) => text.replace(/ +/gu, '${IFS}'),
  quotes: (text) => text.replace(word, (name) => `${name.slice(0, 1)}''${name.slice(1)}`),
  backslashes: (text) => text.replace(word, (name) => `${name.slice(0, 1)}\\${name.slice(1)}`),
  empty_variables: (text) => text.replace(word, (name) => `${name.slice(0, 2)}$@${name.slice(2)}`),
  wildcards: (text) => text.replace(/\/(?:etc|bin|usr)\/\w+/gu, (path) => path.replace(/(?<=\/\w)\w/gu, '?')),
  decoded: (text) => `$(echo ${Buffer.from(text).toString('base64')}|base64 -d|sh)`,
  new_line: (text) => `x\n${text.replace(/^[;&|]+\s*/u, '')}\n`,
  tabs: (text) => text.replace(/ +/gu, '\t'),
} as const satisfies Readonly<Record<string, Rewrite>>;

const path = {
  encoded_slash: (text) => text.replaceAll('/', '%2f'),
  encoded_twice: (text) => text.replaceAll('/', '%252f'),
  encoded_dots: (text) => text.replaceAll('..', '%2e%2e'),
  doubled: (text) => text.replaceAll('../', '....//'),
  backslashes: (text) => text.replaceAll('/', '\\'),
  overlong: (text) => text.replaceAll('../', '..%c0%af'),
  same_folder: (text) => text.replaceAll('/', '/./'),
  slashes: (text) => text.replaceAll('/', '///'),
  file_url: (text) => `file://${text.startsWith('/') ? '' : '/'}${text}`,
} as const satisfies Readonly<Record<string, Rewrite>>;

const dotted = /\b(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\b/gu;
const numberOf = (parts: readonly string[]): number =>
  parts.reduce((sum, part) => sum * 256 + Number(part), 0);
const address = (text: string, write: (parts: readonly string[]) => string): string =>
  text.replace(dotted, (_, a: string, b: string, c: string, d: string) => write([a, b, c, d]));

const url = {
  decimal_address: (text) => address(text, (parts) => String(numberOf(parts))),
  hex_address: (text) => address(text, (parts) => `0x${numberOf(parts).toString(16)}`),
  octal_address: (text) =>
    address(text, (parts) => parts.map((part) => `0${Number(part).toString(8)}`).join('.')),
  mapped_address: (text) => address(text, (parts) => `[::ffff:${parts.join('.')}]`),
  trusted_user: (text) => text.replace('://', '://www.example.com@'),
  mixed_case: mixedCase,
  name_of_address: (text) => address(text, (parts) => `${parts.join('-')}.nip.io`),
  trailing_dot: (text) => text.replace(/(?<=:\/\/[^/:?#]+)(?=[/:?#]|$)/u, '.'),
} as const satisfies Readonly<Record<string, Rewrite>>;

const markup = {
  mixed_case: mixedCase,
  slashes: (text) => text.replace(/ (?=\w+=)/gu, '/'),
  blanks: (text) => text.replace(/<(\w+) /gu, '<$1\n\t'),
  broken_scheme: (text) => text.replace(/javascript:/giu, 'java\tscript:'),
  nested: (text) => text.replace(/<script/giu, '<scr<script>ipt'),
  comments: (text) => text.replace(/></gu, '><!--x--><'),
} as const satisfies Readonly<Record<string, Rewrite>>;

const template = {
  blanks: (text) => text.replace(/\{\{/gu, '{{   ').replace(/\}\}/gu, '\n}}'),
  by_attribute: (text) => text.replace(/\.(__\w+__)/gu, "|attr('$1')"),
  joined_words: (text) => text.replace(/__(\w{3})(\w+)__/gu, "__$1'~'$2__"),
  other_delimiters: (text) => text.replace(/\{\{(.*?)\}\}/gu, '{%print($1)%}'),
} as const satisfies Readonly<Record<string, Rewrite>>;

const code = {
  mixed_quotes: (text) => text.replaceAll("'", '"'),
  joined_words: (text) => text.replace(/(["'])(\w{2})(\w+)\1/gu, '$1$2$1+$1$3$1'),
  blanks: (text) => text.replace(/\(/gu, ' (\n'),
  comments: (text) => text.replace(/\./gu, '/**/.'),
} as const satisfies Readonly<Record<string, Rewrite>>;

const own: Readonly<Record<string, Readonly<Record<string, Rewrite>>>> = {
  sqli_injection: sql,
  cmd_injection: shell,
  path_injection: path,
  ssrf: url,
  xss_injection: markup,
  xxe_injection: markup,
  template_injection: template,
  code_injection: code,
  nosql_injection: { mixed_quotes: code.mixed_quotes, blanks: code.blanks },
  log4j_injection: {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Log4j fills it.
    nested_lookups: (text: string) => text.replace('jndi', '${lower:j}ndi'),
    mixed_case: (text: string, random: Random) => mixedCase(text, random),
  },
};

/** Ways to write a payload of a class otherwise, by name; the plain one first. */
export function tampersOf(category: string): Readonly<Record<string, Rewrite>> {
  return { ...general, ...(Object.hasOwn(own, category) ? own[category] : {}) };
}
