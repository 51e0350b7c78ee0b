import { type FormatRow, readFormats, type SecretFormat } from './secret-format.ts';

const github: readonly FormatRow[] = [
  ['github_personal', 'gh~p_', 'n30+'],
  ['github_oauth', 'gh~o_', 'n30+'],
  ['github_user', 'gh~u_', 'n30+'],
  ['github_server', 'gh~s_', 'n30+'],
  ['github_refresh', 'gh~r_', 'n30+'],
  ['github_app_installation', 'v1.~', 'h40'],
];

const githubFine: readonly FormatRow[] = [['github_fine_grained', 'github_~pat_', 'w40+']];

const gitlab: readonly FormatRow[] = [
  ['gitlab_personal', 'glp~at-', 'd20-64'],
  ['gitlab_deploy', 'gld~t-', 'd20-64'],
  ['gitlab_feed', 'glf~t-', 'd20-64'],
  ['gitlab_runner', 'glr~t-', 'd20-64'],
  ['gitlab_runner_v2', 'glr~tr-', 'd20-64'],
  ['gitlab_trigger', 'glp~tt-', 'h40'],
  ['gitlab_job', 'glc~bt-', 'd20-64'],
  ['gitlab_oauth_secret', 'glo~as-', 'd20-64'],
  ['gitlab_agent', 'gla~gent-', 'd20-64'],
  ['gitlab_incoming_mail', 'gli~mt-', 'd20-64'],
  ['gitlab_scim', 'gls~oat-', 'd20-64'],
  ['gitlab_feature_flag', 'glff~ct-', 'd20-64'],
  ['gitlab_workspace', 'glw~t-', 'd20-64'],
  ['gitlab_runner_registration', 'GR13~48941', 'd20'],
];

const npm: readonly FormatRow[] = [['npm_token', 'np~m_', 'n30-60']];
const pypi: readonly FormatRow[] = [
  ['pypi_token', 'py~pi-', 'd30+'],
  ['testpypi_token', 'pypi-AgENdGVzdC5we~XBpLm9yZw', 'd30+'],
];

const others: readonly FormatRow[] = [
  ['bitbucket_token', 'ATB~B', 'n28-40'],
  ['bitbucket_access_token', 'ATC~TT3xFfG', 'd100+ = H8'],
  ['atlassian_token', 'ATA~TT3', 'd60+ = H8'],
  ['atlassian_token_short', 'ATAT~T', 'd20-200'],
  ['snyk_token', 'snyk_u~at.', 'h8 . o100-255'],
  ['rubygems_key', 'ruby~gems_', 'h40-64'],
  ['crates_io_token', 'ci~o', 'n32'],
  ['nuget_key', 'oy~2', 'l43'],
  ['clojars_token', 'CLOJ~ARS_', 'l60'],
  ['docker_token', 'dckr_p~at_', 'd27-40'],
  ['docker_org_token', 'dckr_o~at_', 'd27-40'],
  ['jfrog_key', 'AK~Cp', 'n60-80'],
  ['jfrog_reference_token', 'cmV~mdGtu', 'n50-70'],
  ['sourcegraph_token', 'sg~p_', 'w40-70'],
  ['sourcegraph_dotcom_token', 'sgd~_', 'h64'],
  ['sourcegraph_license_token', 'sl~k_', 'h64'],
  ['circleci_token', 'CCIP~AT_', 'w40-80'],
  ['circleci_project_token', 'CCIPR~J_', 'w40-80'],
  ['buildkite_token', 'bk~ua_', 'h40'],
  ['buildkite_agent_token', 'bk~ct_', 'n40-80'],
  ['buildkite_job_token', 'bka~j_', 'n40-80'],
  ['sonar_token', 'sq~p_', 'h40'],
  ['sonar_user_token', 'sq~u_', 'h40'],
  ['sonar_analysis_token', 'sq~a_', 'h40'],
  ['launchdarkly_sdk_key', 'sdk-~', 'h8 - h4 - h4 - h4 - h12'],
  ['launchdarkly_api_key', 'api-~', 'h8 - h4 - h4 - h4 - h12'],
  ['launchdarkly_mobile_key', 'mob-~', 'h8 - h4 - h4 - h4 - h12'],
  ['pulumi_token', 'pu~l-', 'h40'],
  ['terraform_cloud_token', 'atla~sv1.', 'd60-80'],
  ['doppler_token', 'dp.p~t.', 'n40-50'],
  ['doppler_service_token', 'dp.s~t.', 'o40-90'],
  ['doppler_cli_token', 'dp.c~t.', 'n40-50'],
  ['doppler_scim_token', 'dp.sc~im.', 'n40-50'],
  ['doppler_audit_token', 'dp.aud~it.', 'n40-50'],
  ['infisical_token', 'st~.', 'h24 . h32 . h32'],
  ['onepassword_account', 'A3-~', 'U6 - U5-11 - U5 - U5 - U5'],
  ['onepassword_service', 'ops_ey~J', 'B250-1000'],
  ['bitwarden_token', '0.~', 'h8 - h4 - h4 - h4 - h12 . n30 : B24'],
  ['age_secret_key', 'AGE-SEC~RET-KEY-1', 'U58'],
  ['adafruit_key', 'aio~_', 'n28'],
  ['postman_key', 'PMA~K-', 'h24 - h34'],
  ['postman_collection_key', 'PMA~T-', 'U26'],
  ['readme_key', 'rdm~e_', 'l70'],
  ['prefect_key', 'pn~u_', 'n36'],
  ['prefect_service_key', 'pn~b_', 'n36'],
  ['endor_key', 'end~r+', 'n16'],
  ['harness_token', 'pat~.', 'd22 . h24 . n20'],
  ['harness_service_token', 'sat~.', 'd22 . h24 . n20'],
  ['rootly_key', 'root~ly_', 'h64'],
  ['deno_deploy_token', 'dd~p_', 'n36-44'],
  ['deno_org_token', 'dd~o_', 'n36-44'],
];

/** Code hosts, registries, builders and keepers of secrets. */
export const codeHostingFormats: readonly SecretFormat[] = [
  ...readFormats(github, { type: 'GITHUB_TOKEN', code: 'secret_github_token', title: 'GitHub token' }),
  ...readFormats(githubFine, {
    type: 'GITHUB_FINE_GRAINED',
    code: 'secret_github_token',
    title: 'GitHub token',
  }),
  ...readFormats(gitlab, { type: 'GITLAB_TOKEN', code: 'secret_gitlab_token', title: 'GitLab token' }),
  ...readFormats(npm, { type: 'NPM_TOKEN', code: 'secret_npm_token', title: 'npm token' }),
  ...readFormats(pypi, { type: 'PYPI_TOKEN', code: 'secret_pypi_token', title: 'PyPI token' }),
  ...readFormats(others, { type: 'API_KEY' }),
];
