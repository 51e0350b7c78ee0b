import { phrases } from '../phrase-list.ts';
import { type PayloadRule, payloadRule } from './payload-rule.ts';

/** Payloads of NoSQL, LDAP and XPath, and format strings. */
export const queryPayloads: readonly PayloadRule[] = [
  // NoSQL
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
  payloadRule(
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
