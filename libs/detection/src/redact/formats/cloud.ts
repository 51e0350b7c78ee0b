import { type FormatRow, readFormats, type SecretFormat } from './secret-format.ts';

const aws: readonly FormatRow[] = [
  ['aws_access_key', 'AK~IA', 'U16'],
  ['aws_temporary_key', 'AS~IA', 'U16'],
  ['aws_service_key', 'AB~IA', 'U16'],
  ['aws_context_key', 'AC~CA', 'U16'],
  ['aws_group_key', 'A3~T', 'U17'],
];

const google: readonly FormatRow[] = [['google_api_key', 'AI~za', 'd30-39']];

const googleOauth: readonly FormatRow[] = [
  ['google_access_token', 'ya~29.', 'd20+'],
  ['google_refresh_token', '1~//0', 'd30-120'],
  ['google_client_secret', 'GOC~SPX-', 'd24-40'],
];

const digitalOcean: readonly FormatRow[] = [
  ['digitalocean_token', 'do~p_v1_', 'h64'],
  ['digitalocean_oauth', 'do~o_v1_', 'h64'],
  ['digitalocean_refresh', 'do~r_v1_', 'h64'],
];

const others: readonly FormatRow[] = [
  ['aws_bedrock_key', 'ABS~KQmVkcm9ja0FQSUtleS', 'B40+'],
  ['aws_bedrock_short_key', 'bedrock-api-key-', 'd40+'],
  ['aws_mws_key', 'amzn.m~ws.', 'd32-40'],
  ['alibaba_access_key', 'LT~AI', 'n12-24'],
  ['alibaba_temporary_key', 'ST~S.', 'n20-40'],
  ['tencent_secret_id', 'AK~ID', 'n32-40'],
  ['volcengine_access_key', 'AK~LT', 'n40-50'],
  ['yandex_api_key', 'AQ~VN', 'd35-38'],
  ['yandex_iam_token', 't1~.', 'd60+'],
  ['yandex_oauth', 'y0_~', 'd30-60'],
  ['scaleway_access_key', 'SC~W', 'U17'],
  ['flyio_token', 'fo1_~', 'd43'],
  ['flyio_macaroon', 'fm~1', 'B60+'],
  ['flyio_macaroon_2', 'fm~2_', 'B60+'],
  ['render_key', 'rnd_~', 'n20-40'],
  ['vercel_token', 'vc~p_', 'n24-60'],
  ['vercel_integration_token', 'vc~i_', 'n24-60'],
  ['vercel_access_token', 'vc~a_', 'n24-60'],
  ['vercel_refresh_token', 'vc~r_', 'n24-60'],
  ['vercel_ai_gateway_key', 'vc~k_', 'n24-60'],
  ['vercel_blob_token', 'vercel_b~lob_rw_', 'w30+'],
  ['netlify_token', 'nf~p_', 'n30-60'],
  ['cloudflare_origin_ca', 'v1.0-', 'h24 - h140-160'],
  ['cloudflare_user_token', 'cf~ut_', 'n40-60'],
  ['cloudflare_account_token', 'cf~at_', 'n40-60'],
  ['heroku_key', 'HRKU-~', 'd36-66'],
  ['supabase_token', 'sb~p_', 'h40'],
  ['supabase_secret_key', 'sb_sec~ret_', 'd30-50'],
  ['planetscale_token', 'pscale_t~kn_', 'o32-64'],
  ['planetscale_password', 'pscale_p~w_', 'o32-64'],
  ['planetscale_oauth', 'pscale_oa~uth_', 'o32-64'],
  ['neon_key', 'nap~i_', 'l60-70'],
  ['databricks_token', 'da~pi', 'h32'],
  ['aiven_password', 'AVN~S_', 'd18-40'],
  ['databricks_oauth_secret', 'do~se', 'h32'],
  ['confluent_secret', 'cf~lt', 'B60-70'],
  ['tailscale_key', 'tskey-a~uth-', 'n10-24 - n20-40'],
  ['tailscale_api_key', 'tskey-a~pi-', 'n10-24 - n20-40'],
  ['tailscale_client_key', 'tskey-c~lient-', 'n10-24 - n20-40'],
  ['tailscale_scim_key', 'tskey-s~cim-', 'n10-24 - n20-40'],
  ['tailscale_webhook_key', 'tskey-w~ebhook-', 'n10-24 - n20-40'],
];

const vault: readonly FormatRow[] = [
  ['vault_service_token', 'hv~s.', 'd24-300'],
  ['vault_batch_token', 'hv~b.', 'd80-300'],
  ['vault_recovery_token', 'hv~r.', 'd24-300'],
];

/** Clouds, hosting and databases as a service. */
export const cloudFormats: readonly SecretFormat[] = [
  ...readFormats(aws, { type: 'AWS_ACCESS_KEY', code: 'secret_aws_key', title: 'AWS access key id' }),
  ...readFormats(google, { type: 'GOOGLE_API_KEY', code: 'secret_google_key', title: 'Google API key' }),
  ...readFormats(googleOauth, {
    type: 'GOOGLE_OAUTH_TOKEN',
    code: 'secret_google_token',
    title: 'Google OAuth token',
  }),
  ...readFormats(digitalOcean, { type: 'DIGITALOCEAN_TOKEN', code: 'secret_digitalocean_token' }),
  ...readFormats(vault, { type: 'VAULT_TOKEN', code: 'secret_vault_token', title: 'Vault token' }),
  ...readFormats(others, { type: 'API_KEY' }),
];
