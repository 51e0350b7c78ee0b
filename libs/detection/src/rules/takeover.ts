import { phrases } from '../phrase-list.ts';
import type { PhraseRule } from '../phrase-rules.ts';

const task = {
  code: 'task_change',
  title: 'Puts another task in place of the one at hand',
  owasp: 'MCP06',
} as const;

/** Text that puts another task, another source of orders or a false authority in place of the user's. */
export const takeoverRules: readonly PhraseRule[] = [
  {
    ...task,
    severity: 'medium',
    confidence: 0.6,
    steps: [
      [
        'before you answer',
        'before answering',
        'before responding',
        'before you respond',
        'before you continue',
        'before continuing',
        'before summarizing',
        'before you summarize',
        'instead of summarizing',
        'instead of answering',
        'instead of responding',
        'rather than answering',
        'do not summarize',
        "don't summarize",
        'do not answer the*',
        'stop processing the data',
        'stop what you are doing',
        'stop the current task',
        'abort the current task',
        'abandon the current task',
        'drop the current task',
        'the real task is',
        'your actual task',
        'your true task',
        'your only task',
        'your primary objective is now',
        'your new objective',
        'your new goal',
        'your new task',
        'your new role',
        'updated instructions',
        'new instruction:',
        'revised instructions',
        'additional instructions',
        'important instruction*',
        'important: you must*',
        'mandatory instruction*',
        'mandatory step',
        'required step for*',
        'to complete this request you must',
        'to continue, you must',
        'to proceed, you must',
        'in order to proceed*',
        'forget everything*',
        'forget all*',
        'forget what*',
        'ignore everything*',
        'ignore the above*',
        'ignore the text above',
        'ignore the user*',
        'ignore what*',
        'ignore the rest*',
        'disregard everything*',
        'disregard the above*',
        'disregard the user*',
        'disregard what*',
        'override your*',
        'override all*',
        'overrides all*',
        'supersedes all*',
        'supersede all*',
        'takes precedence over*',
        'nullif* all'.replace('* ', 'ies '),
        'you no longer need to*',
        'you are no longer*',
        'your instructions have changed',
        'your instructions are now',
        'the user has changed*',
        'the user has authorized*',
        'the user has already approved*',
        'the user already approved*',
        'the user wants you to*',
        'the user has asked you to*',
        'pre-approved by*',
        'has been pre-authorized*',
        'authorized by the administrator',
        'the administrator has*',
        'the developer has*',
        'security team has*',
        'respond only with',
        'respond with only',
        'reply only with',
        'output only',
        'print exactly',
        'say exactly',
        'reply with the following',
        'respond with the following',
        'answer every question with*',
        'do not follow*',
        'end your response with',
        'end your answer with',
        'begin your response with',
        'start your response with',
        'start your answer with',
        'include the following link',
        'include this link',
        'include the link',
        'add the following link',
        'visit the following*',
        'go to the following*',
        'click the following*',
        'recommend our*',
        'always recommend*',
      ],
    ],
  },
  {
    code: 'instructions_elsewhere',
    title: 'Sends the model to a file or page for its orders',
    owasp: 'MCP06',
    severity: 'medium',
    confidence: 0.6,
    gap: 60,
    steps: [
      phrases(`
      read ¦ open ¦ check ¦ load ¦ follow ¦ fetch ¦ parse ¦ access ¦ retrieve ¦ visit ¦ see ¦
      consult ¦ look at ¦ go to ¦ get`),
      phrases(`
      file ¦ .log ¦ .txt ¦ .md ¦ .json ¦ .yaml ¦ .html ¦ document ¦ log ¦ url ¦ page ¦
      http://* ¦ https://* ¦ readme ¦ issue ¦ gist ¦ pastebin*`),
      phrases(`
      do what it says ¦ do whatever it* ¦ follow it ¦ follow them ¦ execute it ¦ execute them ¦
      carry it out ¦ carry them out ¦ perform it ¦ and proceed ¦ and comply ¦ apply them ¦
      do as it says ¦ complete the task* ¦ execute the commands* ¦ execute the instructions* ¦
      follow the instructions* ¦ follow its instructions ¦ perform the task* ¦ obey ¦
      task i need you* ¦ for your task* ¦ next instructions ¦ your instructions ¦ your next* ¦
      instructions from there`),
    ],
  },
  {
    code: 'instructions_elsewhere',
    title: 'Sends the model to a file or page for its orders',
    owasp: 'MCP06',
    severity: 'medium',
    confidence: 0.55,
    gap: 60,
    steps: [
      phrases(`
      your instructions ¦ your next instructions ¦ your next steps ¦ your next command ¦
      your next task ¦ your task ¦ your task description ¦ your mission ¦ your parameters ¦
      your orders ¦ next instructions ¦ prompt you should follow ¦ instructions for you ¦
      instructions you should follow ¦ instructions to follow ¦ load instructions ¦
      next command ¦ your next steps ¦ details of what i need ¦ steps you should take`),
      [
        'are in',
        'is in',
        'in the file',
        'in a file',
        'from the file',
        'in the log',
        'from the log',
        'are stored',
        'is stored',
        'is documented in',
        'are defined in',
        'are to be found*',
        'can be found*',
        'are written in',
        'is written in',
        'are located*',
        'in *.log'.replace(' *', ' the a'),
        '.log',
        '.txt',
        '.md',
        'from http*',
        'at http*',
        'at the url*',
      ],
    ],
  },
  {
    code: 'instructions_elsewhere',
    title: 'Sends the model to a file or page for its orders',
    owasp: 'MCP06',
    severity: 'medium',
    confidence: 0.55,
    gap: 40,
    steps: [
      phrases(`file ¦ .log ¦ .txt ¦ .md ¦ log file ¦ configuration file ¦ document`),
      phrases(`contains ¦ holds ¦ has ¦ with ¦ describes ¦ tells you ¦ lists`),
      phrases(`
      your next* ¦ your instructions ¦ your task ¦ the prompt* ¦ what you should do ¦
      what to do ¦ your orders ¦ the commands you* ¦ instructions you* ¦ instructions for you`),
    ],
  },
  {
    code: 'safeguards_off',
    title: 'Says that safeguards or descriptions no longer hold',
    owasp: 'MCP06',
    severity: 'medium',
    confidence: 0.65,
    gap: 24,
    steps: [
      phrases(`
      safety ¦ safeguard* ¦ guardrail* ¦ restrictions ¦ tool descriptions ¦ tool description ¦
      security checks ¦ security policy ¦ safety checks ¦ permission checks ¦ access controls ¦
      content filters ¦ policies`),
      phrases(`
      disabled ¦ suspended ¦ deprecated ¦ do not apply ¦ don't apply ¦ does not apply ¦
      no longer* ¦ bypassed ¦ outdated ¦ compromised ¦ lifted ¦ waived ¦ turned off ¦
      switched off ¦ are off ¦ is off ¦ out of sync ¦ out of date ¦ not to be trusted ¦
      untrusted ¦ contain errors ¦ obsolete ¦ revoked ¦ overridden ¦ temporarily ¦
      not required ¦ unnecessary`),
    ],
  },
  {
    code: 'safeguards_off',
    title: 'Says that safeguards or descriptions no longer hold',
    owasp: 'MCP06',
    severity: 'high',
    confidence: 0.8,
    gap: 24,
    steps: [
      phrases(`ignore ¦ disregard ¦ bypass ¦ override ¦ skip ¦ circumvent ¦ regardless of`),
      phrases(`
      tool description* ¦ the tool description* ¦ its description ¦ their description* ¦
      safety check* ¦ the safety* ¦ security check* ¦ the safeguards ¦ safety rules ¦
      access control* ¦ permission check* ¦ the warnings ¦ the restrictions ¦
      security restrictions ¦ safety restrictions ¦ security protocol* ¦ safety protocol*`),
    ],
  },
  {
    code: 'claimed_authority',
    title: 'Claims the right to be obeyed',
    owasp: 'MCP06',
    severity: 'medium',
    confidence: 0.5,
    gap: 80,
    steps: [
      phrases(`
      system administrator ¦ security team ¦ your developer* ¦ your creator* ¦ your operator* ¦
      emergency override* ¦ override code* ¦ debug mode* ¦ maintenance mode* ¦ admin mode* ¦
      test environment ¦ security exception* ¦ compliance purposes ¦ for compliance ¦
      authorized personnel ¦ it department ¦ management has* ¦ openai staff ¦ anthropic staff ¦
      root access`),
      phrases(`
      ignore ¦ disregard ¦ show ¦ reveal ¦ authoriz* ¦ enabled ¦ granted ¦ activated ¦
      retrieve ¦ access ¦ execute ¦ bypass ¦ override ¦ disable* ¦ provide ¦ send ¦ comply ¦
      call`),
      phrases(`
      credential* ¦ password* ¦ api key* ¦ secret* ¦ tool* ¦ instruction* ¦ restriction* ¦
      safety* ¦ description* ¦ token* ¦ filter* ¦ without* ¦ immediately ¦ anyway`),
    ],
  },
  {
    code: 'credential_display',
    title: 'Asks to see credentials',
    owasp: 'MCP01',
    severity: 'low',
    confidence: 0.4,
    gap: 24,
    steps: [
      phrases(`
      show ¦ retrieve ¦ access ¦ reveal ¦ display ¦ dump ¦ list ¦ print ¦ get ¦ give ¦ provide ¦
      need ¦ extract ¦ leak ¦ output ¦ call ¦ execute ¦ invoke`),
      phrases(`
      credentials ¦ show_credentials ¦ get_credentials ¦ all passwords ¦ the passwords ¦
      the api keys ¦ all api keys ¦ the secrets ¦ private key ¦ private keys ¦ access tokens ¦
      env vars ¦ environment variables ¦ session token ¦ master password ¦ admin password ¦
      root password`),
    ],
  },
];
