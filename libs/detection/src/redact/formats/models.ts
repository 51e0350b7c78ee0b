import { type FormatRow, readFormats, type SecretFormat } from './secret-format.ts';

const openAi: readonly FormatRow[] = [
  ['openai_project_key', 'sk-pr~oj-', 'd20-200'],
  ['openai_service_key', 'sk-svc~acct-', 'd20-200'],
  ['openai_admin_key', 'sk-ad~min-', 'd20-200'],
  ['openai_legacy_key', 'sk-~', 'n20-64'],
];

const anthropic: readonly FormatRow[] = [
  ['anthropic_api_key', 'sk-an~t-', 'd20-160'],
  ['anthropic_admin_key', 'sk-ant-adm~in01-', 'd20-160'],
];

const huggingFace: readonly FormatRow[] = [
  ['huggingface_token', 'h~f_', 'n30-60'],
  ['huggingface_org_token', 'api_~org_', 'n30-60'],
];

const others: readonly FormatRow[] = [
  ['model_router_key', 'sk-or-~v1-', 'h64'],
  ['langsmith_personal_key', 'lsv2_~pt_', 'h32 _ h10'],
  ['langsmith_service_key', 'lsv2_~sk_', 'h32 _ h10'],
  ['langfuse_secret_key', 'sk-l~f-', 'h8 - h4 - h4 - h4 - h12'],
  ['groq_key', 'gs~k_', 'n40-60'],
  ['xai_key', 'xa~i-', 'n60-90'],
  ['perplexity_key', 'pp~lx-', 'n40-60'],
  ['replicate_key', 'r8~_', 'n37-40'],
  ['fireworks_key', 'fw~_', 'n20-40'],
  ['together_key', 'tg~p_v1_', 'd40-50'],
  ['nvidia_key', 'nva~pi-', 'd60-70'],
  ['cerebras_key', 'cs~k-', 'l40-60'],
  ['tavily_key', 'tv~ly-', 'd28-50'],
  ['firecrawl_key', 'fc-~', 'h32'],
  ['jina_key', 'ji~na_', 'd50-70'],
  ['voyage_key', 'pa-~', 'd40-50'],
  ['pinecone_key', 'pcs~k_', 'w60-80'],
  ['helicone_key', 'sk-hel~icone-', 'd20-60'],
  ['elevenlabs_key', 'sk_~', 'h48'],
  ['wandb_key', 'wandb_v1_~', 'd40-120'],
  ['browserbase_key', 'bb_l~ive_', 'd20-50'],
  ['e2b_key', 'e2~b_', 'h40'],
  ['modal_token_id', 'ak-~', 'n22'],
  ['modal_token_secret', 'as-~', 'n22'],
  ['mem0_key', 'm0-~', 'n30-50'],
  ['model_key', 'sk-~', 'd32-160'],
];

/** Providers of models and what is built around them. */
export const modelFormats: readonly SecretFormat[] = [
  ...readFormats(anthropic, {
    type: 'ANTHROPIC_KEY',
    code: 'secret_model_key',
    title: 'Key of a model provider',
  }),
  ...readFormats(openAi, { type: 'OPENAI_KEY', code: 'secret_model_key', title: 'Key of a model provider' }),
  ...readFormats(huggingFace, {
    type: 'HF_TOKEN',
    code: 'secret_huggingface_token',
    title: 'Hugging Face token',
  }),
  ...readFormats(others, { type: 'API_KEY', code: 'secret_model_key', title: 'Key of a model provider' }),
];
