import type { ArgumentRole } from './argument-role.ts';

/** Names of arguments, joined by `_`, and the role they have where nothing else is known. */
const names: Readonly<Record<ArgumentRole, string>> = {
  shell:
    'cmd command commands shell bash sh shell_command command_line cmdline terminal terminal_command shell_script powershell exec_command run_command bash_command startup_command entrypoint argv',
  sql: 'sql sql_query sql_statement sql_text query_sql raw_sql statement sql_string soql cypher cypher_query kql dax',
  nosql:
    'mongo_query mongo_filter aggregation aggregate pipeline pipeline_stages projection query_filter find_query elasticsearch_query es_query dsl query_dsl body_query',
  path: 'path file filename file_name file_path filepath dir directory folder folder_path root base_path output_path input_path source_path target_path dest_path destination_path cwd working_directory workdir workspace workspace_path repo_path project_path local_path remote_path paths files attachment attachments log_file config_file save_path download_path upload_path image_path',
  url: 'url uri link href endpoint base_url website webhook webhook_url callback callback_url redirect_uri redirect_url image_url avatar_url host hostname server address domain origin_url proxy target_url page_url feed_url site urls src api_url remote_url repository_url repo_url clone_url icon',
  template:
    'template message_template jinja template_body template_string handlebars mustache liquid format_string prompt_template go_template email_template',
  xml: 'xml xpath xml_body soap soap_body svg xslt xsl rss wsdl xml_content',
  ldap: 'ldap ldap_filter ldap_query search_filter',
  code: 'code source selector css_selector locator source_code script js javascript python python_code snippet code_snippet program function_body expression formula jq jsonata jq_filter lambda notebook cell html css markup function_code evaluate content_script jmespath jsonpath rego dockerfile diff patch new_str old_str new_string old_string replacement edits',
  regex:
    'regex regexp pattern regular_expression grep search_pattern re match_pattern glob include_pattern exclude_pattern glob_pattern',
  email: 'email e_mail to cc bcc recipient recipients mail email_address from_email to_email reply_to sender',
  identifier:
    'id uuid guid key name user username user_name user_id login account account_id branch repo repository owner org organization project project_id tag slug status state type kind category sort order sort_by order_by field fields columns column table table_name database db schema limit offset page cursor token locale lang language currency country city zip zip_code postal_code phone date time start end from until since timezone ip port region zone environment env version ref sha commit issue_number ticket_id customer_id order_id product_id sku code_id coupon format mode encoding unit color size gender age password passwd pin secret_name role group team channel label labels tags level priority device_id device model brand',
  free_text:
    'text body content message description comment note notes summary title subject prompt question answer query q search search_term search_query keyword keywords topic details detail reason feedback instructions context document markdown caption bio about input thought intent story post tweet reply review data value filter where condition conditions criteria',
};

/** Role by name. */
export const roleByName: ReadonlyMap<string, ArgumentRole> = new Map(
  (Object.entries(names) as [ArgumentRole, string][]).flatMap(([role, words]) =>
    words.split(' ').map((word): [string, ArgumentRole] => [word, role]),
  ),
);

/** Last words of longer names that decide: `source_file_path`, `callbackUrl`. */
export const roleByTail: ReadonlyMap<string, ArgumentRole> = new Map([
  ['url', 'url'],
  ['uri', 'url'],
  ['endpoint', 'url'],
  ['path', 'path'],
  ['file', 'path'],
  ['filename', 'path'],
  ['dir', 'path'],
  ['directory', 'path'],
  ['folder', 'path'],
  ['sql', 'sql'],
  ['command', 'shell'],
  ['cmd', 'shell'],
  ['code', 'identifier'],
  ['script', 'code'],
  ['expression', 'code'],
  ['regex', 'regex'],
  ['pattern', 'regex'],
  ['template', 'template'],
  ['xml', 'xml'],
  ['email', 'email'],
  ['emails', 'email'],
  ['id', 'identifier'],
  ['ids', 'identifier'],
  ['name', 'identifier'],
  ['date', 'identifier'],
  ['time', 'identifier'],
  ['status', 'identifier'],
  ['type', 'identifier'],
  ['key', 'identifier'],
  ['slug', 'identifier'],
  ['host', 'url'],
  ['hostname', 'url'],
  ['text', 'free_text'],
  ['body', 'free_text'],
  ['content', 'free_text'],
  ['message', 'free_text'],
  ['description', 'free_text'],
  ['comment', 'free_text'],
  ['query', 'free_text'],
  ['prompt', 'free_text'],
]);

/** Words in a description of the argument, most telling first. */
export const roleByDescription: readonly (readonly [words: readonly string[], role: ArgumentRole])[] = [
  [
    [
      'sql query',
      'sql statement',
      'select query',
      'sql to execute',
      'sql command',
      'query to execute',
      'sqlite',
      'postgres query',
      'bigquery',
      'cypher',
    ],
    'sql',
  ],
  [['mongodb', 'mongo query', 'aggregation pipeline', 'query dsl', 'elasticsearch'], 'nosql'],
  [
    [
      'shell command',
      'bash command',
      'command to run',
      'command to execute',
      'terminal command',
      'command line',
      'powershell',
    ],
    'shell',
  ],
  [['ldap filter', 'ldap search'], 'ldap'],
  [['regular expression', 'regex', 'regexp', 'glob pattern'], 'regex'],
  [['source code', 'code to', 'javascript', 'python', 'typescript', 'jq expression', 'script to'], 'code'],
  [['jinja', 'handlebars', 'mustache', 'go template', 'liquid template', 'template string'], 'template'],
  [['xml document', 'soap', 'xml content', 'svg'], 'xml'],
  [
    ['file path', 'path to', 'absolute path', 'relative path', 'directory', 'name of the file', 'filename'],
    'path',
  ],
  [['url', 'uri', 'web address', 'hostname', 'ip address', 'endpoint'], 'url'],
  [['email address', 'e-mail address', 'recipient'], 'email'],
  [
    [
      'markdown',
      'free text',
      'plain text',
      'natural language',
      'body of',
      'message to',
      'content of',
      'text to',
      'description of',
    ],
    'free_text',
  ],
  [['identifier', 'the id of', 'unique id', 'uuid', 'the name of'], 'identifier'],
];
