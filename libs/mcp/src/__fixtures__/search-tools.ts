import type { SearchableTool } from '../tool-search.ts';

/** Tools of many servers, one line each: name | description | parameters. Written for the test of the ranking. */
const lines = `
github__create_issue | Open a new issue in a repository. | owner repo title body labels assignees
github__list_issues | List issues of a repository with filters. | owner repo state labels since
github__get_issue | Read one issue with its comments. | owner repo issue_number
github__update_issue | Change title, body, state or labels of an issue. | owner repo issue_number state
github__add_issue_comment | Comment on an issue or pull request. | owner repo issue_number body
github__create_pull_request | Open a pull request from a branch. | owner repo title head base draft
github__list_pull_requests | List pull requests of a repository. | owner repo state base
github__merge_pull_request | Merge a pull request that is approved. | owner repo pull_number merge_method
github__get_pull_request_diff | Show the diff of a pull request. | owner repo pull_number
github__review_pull_request | Submit a review: approve, request changes or comment. | owner repo pull_number event
github__create_branch | Create a branch from another one. | owner repo branch from
github__list_branches | List branches. | owner repo
github__create_repository | Create a repository for a user or an organization. | name private description
github__fork_repository | Fork a repository to your account. | owner repo
github__search_code | Search source code across repositories. | q sort order
github__search_repositories | Find repositories by words, stars or language. | query
github__get_file_contents | Read a file or folder of a repository. | owner repo path ref
github__push_files | Commit several files in one commit. | owner repo branch files message
github__list_commits | List commits of a branch. | owner repo sha
github__list_workflow_runs | List runs of CI workflows. | owner repo workflow_id status
github__rerun_workflow | Run a failed CI workflow again. | owner repo run_id
github__create_release | Publish a release with notes and a tag. | owner repo tag_name body
github__list_dependabot_alerts | List vulnerable dependencies. | owner repo severity
github__star_repository | Star a repository. | owner repo
jira__create_ticket | Create a ticket in a project. | project summary description issuetype
jira__search_tickets | Search tickets with JQL. | jql max_results
jira__transition_ticket | Move a ticket to another status of its workflow. | key transition
jira__assign_ticket | Assign a ticket to somebody. | key assignee
jira__add_worklog | Log hours worked on a ticket. | key time_spent
jira__list_sprints | List sprints of a board. | board_id state
jira__get_board | Read a board with its columns. | board_id
jira__link_tickets | Link two tickets, for example as blocking. | inward outward type
linear__createIssue | Create a Linear issue for a team. | teamId title description priority
linear__listCycles | List the cycles of a team. | teamId
linear__updateIssueState | Set the workflow state of an issue. | issueId stateId
linear__listProjects | List projects with progress. | teamId
slack__post_message | Send a message to a channel. | channel text thread_ts
slack__list_channels | List public channels of the workspace. | limit cursor
slack__get_channel_history | Read the recent messages of a channel. | channel limit
slack__reply_to_thread | Answer in a thread. | channel thread_ts text
slack__add_reaction | Add an emoji reaction to a message. | channel timestamp reaction
slack__upload_file | Upload a file to a channel. | channels file filename
slack__list_users | List members of the workspace. | limit
slack__set_status | Set your status text and emoji. | status_text status_emoji
slack__schedule_message | Send a message at a later time. | channel text post_at
teams__sendChatMessage | Send a chat message in Microsoft Teams. | chatId content
teams__createMeeting | Create an online meeting with a join link. | subject startDateTime endDateTime
gmail__send_email | Send an email with attachments. | to cc subject body attachments
gmail__search_messages | Search the mailbox with Gmail operators. | q maxResults
gmail__read_message | Read an email with headers and body. | id format
gmail__create_draft | Save a draft of an email. | to subject body
gmail__trash_message | Move an email to the trash. | id
gmail__add_label | Label a message. | id label
gmail__list_labels | List the labels of the mailbox. |
gmail__create_filter | Create a rule that sorts incoming mail. | criteria action
outlook__reply_all | Reply to all recipients of a message. | message_id body
outlook__out_of_office | Switch the automatic vacation reply on or off. | enabled text start end
calendar__create_event | Create an event and invite guests. | summary start end attendees location
calendar__list_events | List events between two times. | timeMin timeMax
calendar__delete_event | Cancel an event. | eventId notify
calendar__find_free_time | Find a slot when all guests are free. | attendees duration window
calendar__update_event | Move or change an event. | eventId start end
calendar__respond_to_invite | Accept or decline an invitation. | eventId response
calendar__list_calendars | List the calendars you can see. |
drive__search_files | Search files by name or content. | query mimeType
drive__read_document | Read the text of a document. | fileId
drive__create_document | Create a document from text. | title content folderId
drive__share_file | Give somebody access to a file. | fileId email role
drive__move_file | Move a file to another folder. | fileId folderId
drive__export_pdf | Export a document as PDF. | fileId
drive__list_folder | List what is in a folder. | folderId
drive__restore_version | Go back to an earlier version of a file. | fileId revisionId
sheets__read_range | Read cells of a spreadsheet. | spreadsheetId range
sheets__write_range | Write cells of a spreadsheet. | spreadsheetId range values
sheets__append_rows | Append rows to a sheet. | spreadsheetId values
sheets__create_chart | Draw a chart from a range. | spreadsheetId range chartType
sheets__add_formula | Put a formula into a cell. | spreadsheetId cell formula
notion__create_page | Create a page under a parent. | parent title blocks
notion__query_database | Query a database with filters and sorts. | database_id filter sorts
notion__append_blocks | Append paragraphs to a page. | page_id blocks
notion__search_pages | Search pages of the workspace. | query
confluence__get_page | Read a wiki page. | page_id
confluence__create_page | Write a new wiki page in a space. | space title body
confluence__search | Search the wiki with CQL. | cql
fs__read_file | Read a file from disk. | path head tail
fs__write_file | Write text to a file, replacing it. | path content
fs__edit_file | Replace lines in a file. | path edits dryRun
fs__list_directory | List entries of a directory. | path
fs__directory_tree | Show a directory recursively. | path depth
fs__move_file | Move or rename a file. | source destination
fs__search_files | Find files whose name matches a pattern. | path pattern
fs__delete_file | Delete a file. | path
fs__get_file_info | Size, times and permissions of a file. | path
fs__create_directory | Make a directory. | path
git__status | Show the working tree status. | repo_path
git__diff_unstaged | Show changes that are not staged. | repo_path
git__commit | Record staged changes. | repo_path message
git__checkout | Switch to a branch. | repo_path branch
git__log | Show the history of commits. | repo_path max_count
git__blame | Show who last changed each line. | repo_path path
git__stash | Put changes aside. | repo_path
git__cherry_pick | Apply a commit from another branch. | repo_path sha
postgres__query | Run a read-only SQL query. | sql params
postgres__list_tables | List tables with row counts. | schema
postgres__describe_table | Show columns, types and indexes of a table. | table
postgres__explain | Show the plan of a query. | sql analyze
postgres__list_locks | Show blocked and blocking sessions. |
postgres__create_index | Create an index concurrently. | table columns
mongo__find_documents | Find documents of a collection. | collection filter limit
mongo__aggregate | Run an aggregation pipeline. | collection pipeline
mongo__insert_many | Insert documents. | collection documents
redis__get_key | Read the value of a key. | key
redis__set_key | Set the value of a key with an expiry. | key value ttl
redis__scan_keys | List keys that match a pattern. | pattern
bigquery__run_query | Run SQL in the data warehouse. | sql dry_run
bigquery__estimate_cost | Say how many bytes a query would scan. | sql
snowflake__list_warehouses | List virtual warehouses and their size. |
snowflake__suspend_warehouse | Suspend a warehouse to save credits. | name
elastic__search_logs | Search logs with a query string. | index query from to
elastic__get_mapping | Show the fields of an index. | index
`;

const more = `
k8s__list_pods | List pods of a namespace. | namespace labelSelector
k8s__get_pod_logs | Read logs of a container. | namespace pod container tailLines
k8s__restart_deployment | Restart the pods of a deployment one by one. | namespace deployment
k8s__scale_deployment | Set the number of replicas. | namespace deployment replicas
k8s__apply_manifest | Apply YAML to the cluster. | manifest
k8s__delete_pod | Delete a pod. | namespace pod
k8s__rollout_undo | Roll a deployment back to its previous revision. | namespace deployment
k8s__top_nodes | Show CPU and memory use of nodes. |
k8s__exec_command | Run a command in a container. | namespace pod command
docker__run_container | Start a container from an image. | image ports env
docker__list_containers | List running containers. | all
docker__stop_container | Stop a container. | id
docker__build_image | Build an image from a Dockerfile. | context tag
docker__prune_images | Remove unused images. |
aws__list_buckets | List S3 buckets. |
aws__get_object | Download an object from S3. | bucket key
aws__put_object | Upload an object to S3. | bucket key body
aws__presign_url | Make a temporary download link for an S3 object. | bucket key expires
aws__start_instance | Start an EC2 instance. | instance_id
aws__terminate_instance | Terminate an EC2 instance for good. | instance_id
aws__describe_alarms | List CloudWatch alarms that fire. | state
aws__invoke_lambda | Invoke a Lambda function. | function payload
aws__rotate_secret | Rotate a secret in Secrets Manager. | secret_id
aws__cost_report | Show spending by service. | start end granularity
gcp__list_projects | List cloud projects. |
gcp__set_iam_policy | Grant a role on a project. | project member role
azure__list_vms | List virtual machines. | resource_group
terraform__plan | Show what a change would do. | workspace
terraform__apply | Apply a plan. | workspace plan
terraform__show_state | Show resources in the state. | workspace
cloudflare__purge_cache | Purge cached content of a zone. | zone urls
cloudflare__add_dns_record | Add a DNS record. | zone type name content
cloudflare__block_ip | Block an address in the firewall. | zone ip
vercel__list_deployments | List deployments of a project. | project
vercel__promote_deployment | Promote a preview to production. | deployment
sentry__list_issues | List errors of a project, most frequent first. | project query
sentry__get_stacktrace | Show the stack trace of an event. | event_id
sentry__resolve_issue | Mark an error as resolved. | issue_id
datadog__query_metrics | Query time series of a metric. | query from to
datadog__create_monitor | Create an alert on a metric. | query threshold
datadog__mute_monitor | Silence an alert for a while. | monitor_id until
grafana__get_dashboard | Read a dashboard with its panels. | uid
grafana__render_panel | Render a panel as an image. | uid panel_id
pagerduty__trigger_incident | Page the person on call. | service title urgency
pagerduty__acknowledge_incident | Acknowledge an incident. | incident_id
pagerduty__who_is_on_call | Show who is on call now. | schedule
statuspage__post_update | Tell customers about an outage. | component status message
stripe__create_customer | Create a customer. | email name
stripe__create_refund | Refund a charge. | charge amount reason
stripe__list_charges | List charges of a customer. | customer limit
stripe__create_invoice | Create an invoice. | customer items due_date
stripe__cancel_subscription | Cancel a subscription. | subscription at_period_end
stripe__create_payment_link | Make a link that takes a payment. | price quantity
stripe__list_disputes | List disputed payments. | status
stripe__get_balance | Show the account balance. |
quickbooks__create_bill | Record a bill of a supplier. | vendor amount
quickbooks__profit_and_loss | Report profit and loss of a period. | start end
quickbooks__list_overdue_invoices | List invoices past their due date. |
salesforce__query_records | Query records with SOQL. | soql
salesforce__create_lead | Create a lead. | name company email
salesforce__convert_lead | Turn a lead into an opportunity. | lead_id
salesforce__update_opportunity | Change stage or amount of an opportunity. | id stage amount
salesforce__log_call | Log a phone call with a contact. | contact_id notes
hubspot__create_contact | Create a contact. | email firstname lastname
hubspot__add_note | Add a note to a contact. | contact_id body
hubspot__list_deals | List deals of the pipeline. | stage
hubspot__enroll_in_sequence | Enroll a contact in an email sequence. | contact_id sequence_id
zendesk__get_ticket | Read a support ticket. | ticket_id
zendesk__reply_ticket | Answer a customer in a support ticket. | ticket_id body public
zendesk__escalate_ticket | Raise the priority of a support ticket. | ticket_id priority
zendesk__list_macros | List canned answers. |
intercom__list_conversations | List open conversations with customers. | state
shopify__list_orders | List orders of the shop. | status since
shopify__fulfill_order | Mark an order as shipped with a tracking number. | order_id tracking
shopify__adjust_inventory | Change the stock of a product. | variant_id delta
shopify__create_discount | Create a discount code. | code percent
maps__geocode | Turn an address into coordinates. | address
maps__directions | Route between two places. | origin destination mode
maps__search_places | Find restaurants, shops and other places nearby. | query location radius
maps__distance_matrix | Travel times between many places. | origins destinations
weather__forecast | Weather forecast for the next days. | latitude longitude days
weather__alerts | Storm and flood warnings for a region. | state
browser__navigate | Go to a URL. | url
browser__click | Click an element of the page. | selector
browser__type_text | Type into a form field. | selector text
browser__screenshot | Take a screenshot of the page. | fullPage
browser__get_page_text | Read the visible text of the page. |
browser__fill_form | Fill several fields of a form. | fields
web__search | Search the web. | query count
web__fetch_url | Download a web page as markdown. | url
web__summarize_article | Summarize an article on the web. | url
youtube__get_transcript | Get the transcript of a video. | video_id language
spotify__play_track | Play a song. | track device
spotify__create_playlist | Create a playlist. | name tracks
translate__translate_text | Translate text to another language. | text target
translate__detect_language | Say which language a text is in. | text
image__generate | Generate a picture from a prompt. | prompt size
image__remove_background | Cut out the background of a picture. | image
image__resize | Change the size of a picture. | image width height
audio__transcribe | Turn speech into text. | file language
audio__text_to_speech | Read a text aloud into an audio file. | text voice
pdf__merge | Join several PDF files. | files
pdf__extract_text | Get the text of a PDF. | file pages
pdf__fill_form | Fill the form of a PDF. | file values
pdf__sign | Sign a PDF digitally. | file certificate
math__evaluate | Evaluate a mathematical expression. | expression
math__convert_units | Convert between units of measure. | value from to
math__convert_currency | Convert money between currencies. | amount from to
time__current_time | Tell the time in a time zone. | timezone
hr__request_vacation | Ask for days off. | start end
hr__list_absences | Show who is away. | team from to
hr__get_payslip | Read the payslip of a month. | month
hr__open_position | Publish a job opening. | title department
crm__merge_duplicates | Merge two records of the same person. | keep drop
survey__create_form | Create a survey with questions. | title questions
survey__list_responses | Read the answers of a survey. | form_id
vault__read_secret | Read a secret from the vault. | path
vault__generate_password | Generate a random password. | length
okta__reset_mfa | Reset the second factor of a user. | user
okta__deactivate_user | Block the sign-in of somebody who left. | user
okta__add_to_group | Add a user to a group. | user group
`;

/** The tools, as a search is given them. */
export const searchTools: readonly SearchableTool[] = `${lines}${more}`
  .split('\n')
  .filter((line) => line.includes('|'))
  .map((line) => {
    const [name = '', description = '', parameters = ''] = line.split('|').map((part) => part.trim());
    const names = parameters.split(' ').filter((parameter) => parameter !== '');
    return {
      name,
      title: '',
      description,
      parameters: names.map((parameter) => ({ name: parameter, description: '' })),
    };
  });
