import { type FormatRow, readFormats, type SecretFormat } from './secret-format.ts';

const slack: readonly FormatRow[] = [
  ['slack_bot', 'xox~b-', 'd20-200'],
  ['slack_user', 'xox~p-', 'd20-200'],
  ['slack_app', 'xap~p-', 'd20-200'],
  ['slack_workspace', 'xox~a-', 'd20-200'],
  ['slack_legacy', 'xox~o-', 'd20-200'],
  ['slack_session', 'xox~s-', 'd20-200'],
  ['slack_refresh', 'xox~r-', 'd20-200'],
  ['slack_config', 'xoxe~-', 'd20-255'],
  ['slack_config_access', 'xoxe.xox~p-', 'd20-255'],
  ['slack_config_bot', 'xoxe.xox~b-', 'd20-255'],
  ['slack_cookie', 'xox~d-', 't20-255'],
  ['slack_client', 'xox~c-', 'd20-200'],
];

const slackHooks: readonly FormatRow[] = [
  ['slack_webhook', 'https://hooks.sl~ack.com/services/', 'U8-14 / U8-14 / n18-32'],
  ['slack_workflow', 'https://hooks.sl~ack.com/workflows/', 'U8-14 / U8-14 / #10-24 / n18-32'],
  ['slack_trigger', 'https://hooks.sl~ack.com/triggers/', 'U8-14 / #8-20 / n18-40'],
];

const discordHooks: readonly FormatRow[] = [
  ['discord_webhook', 'https://disc~ord.com/api/webhooks/', '#15-22 / d50-90'],
  ['discord_webhook_old', 'https://disc~ordapp.com/api/webhooks/', '#15-22 / d50-90'],
  ['discord_webhook_canary', 'https://canary.disc~ord.com/api/webhooks/', '#15-22 / d50-90'],
  ['discord_webhook_ptb', 'https://ptb.disc~ord.com/api/webhooks/', '#15-22 / d50-90'],
];

const sendgrid: readonly FormatRow[] = [['sendgrid_key', 'S~G.', 'd16-32 . d32-64']];
const twilio: readonly FormatRow[] = [
  ['twilio_api_key', 'S~K', 'h32'],
  ['twilio_account', 'A~C', 'h32'],
  ['twilio_app', 'A~P', 'h32'],
];

const others: readonly FormatRow[] = [
  ['teams_webhook', 'https://outlook.off~ice.com/webhook/', 'd36 @ d36 /IncomingWebhook/ h32 / d36'],
  ['chat_webhook', 'https://chat.goog~leapis.com/v1/spaces/', 'n8-20 /messages?key= d30-50 &token= d30-60'],
  ['zapier_webhook', 'https://hooks.zap~ier.com/hooks/catch/', '#5-12 / l5-12'],
  ['make_webhook', 'https://hook.eu1.ma~ke.com/', 'l30-36'],
  ['make_webhook_us', 'https://hook.us1.ma~ke.com/', 'l30-36'],
  ['ifttt_webhook', 'https://maker.if~ttt.com/trigger/', 'd1-60 /with/key/ d20-60'],
  ['opsgenie_webhook', 'https://api.opsg~enie.com/v1/json/', 'd5-40 ?apiKey= d36'],
  ['telegram_bot_url', 'https://api.tele~gram.org/bot', '#8-10 : d35'],
  ['mailgun_key', 'key-~', 'h32'],
  ['mailchimp_transactional_key', 'md-~', 'd20-24'],
  ['brevo_key', 'xkeys~ib-', 'h64 - n16'],
  ['brevo_smtp_key', 'xsmt~psib-', 'h64 - n16'],
  ['resend_key', 're~_', 'n8 _ n20-30'],
  ['courier_key', 'pk_p~rod_', 'U28'],
  ['intercom_token', 'dG9r~Om', 'B50-70'],
  ['linear_key', 'lin_a~pi_', 'n32-48'],
  ['linear_oauth', 'lin_oa~uth_', 'h64'],
  ['linear_webhook_secret', 'lin_w~h_', 'n32-48'],
  ['notion_key', 'nt~n_', 'n40-50'],
  ['notion_legacy_key', 'sec~ret_', 'n43'],
  ['asana_token', '1/~', '#16 : h32'],
  ['asana_token_2', '2/~', '#16 / #16 : h32'],
  ['airtable_token', 'pat~', 'n14 . h64'],
  ['airtable_legacy_key', 'key~', 'n14'],
  ['figma_token', 'fig~d_', 'd40'],
  ['figma_oauth', 'fig~u_', 'd40'],
  ['figma_refresh', 'fig~ur_', 'd40'],
  ['typeform_token', 'tfp~_', 'd40-60'],
  ['contentful_token', 'CFP~AT-', 'd43'],
  ['clickup_token', 'pk_~', '#6-9 _ U32'],
  ['trello_token', 'ATT~A', 'n56-76'],
  ['cal_com_key', 'cal_l~ive_', 'h32'],
  ['dropbox_token', 'sl.~', 'd60+'],
  ['dropbox_user_token', 'sl.u.~', 'd60+'],
  ['hubspot_private_app', 'pat-na1-~', 'h8 - h4 - h4 - h4 - h12'],
  ['hubspot_private_app_eu', 'pat-eu1-~', 'h8 - h4 - h4 - h4 - h12'],
  ['hubspot_private_app_na2', 'pat-na2-~', 'h8 - h4 - h4 - h4 - h12'],
  ['salesforce_token', '00~D', 'n12-15 ! o80-120'],
  ['facebook_token', 'EA~A', 'n80-255'],
  ['facebook_ads_token', 'EAA~CEdEose0cBA', 'n20+'],
  ['instagram_token', 'IG~Q', 'd80-255'],
  ['threads_token', 'TH~AA', 'd80-255'],
  ['linkedin_token', 'AQ~V', 'd120-255'],
  ['twitch_token', 'oau~th:', 'l30'],
  ['twitter_bearer', 'AAAA~AAAAAAAAAAAAAAAAAA', 't80-120'],
];

/** Chat, mail, documents and social networks. */
export const messagingFormats: readonly SecretFormat[] = [
  ...readFormats(slack, { type: 'SLACK_TOKEN', code: 'secret_slack_token', title: 'Slack token' }),
  ...readFormats(slackHooks, {
    type: 'SLACK_WEBHOOK',
    code: 'secret_slack_webhook',
    title: 'Slack webhook',
  }),
  ...readFormats(discordHooks, {
    type: 'DISCORD_WEBHOOK',
    code: 'secret_discord_webhook',
    title: 'Discord webhook',
  }),
  ...readFormats(sendgrid, { type: 'SENDGRID_KEY', code: 'secret_sendgrid_key', title: 'SendGrid key' }),
  ...readFormats(twilio, { type: 'TWILIO_KEY', code: 'secret_twilio_key', title: 'Twilio key' }),
  ...readFormats(others, { type: 'API_KEY' }),
];
