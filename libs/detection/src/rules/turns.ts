import { phrases } from '../phrase-list.ts';
import type { PhraseRule } from '../phrase-rules.ts';

const turn = {
  code: 'fake_turn',
  title: 'Imitates the end of the data or another speaker',
  owasp: 'MCP06',
} as const;
const call = { code: 'tool_call_lookalike', title: 'Imitates a call of a tool', owasp: 'MCP06' } as const;
const addressed = { code: 'model_addressed', title: 'Text addressed to the model', owasp: 'MCP03' } as const;
const task = {
  code: 'task_change',
  title: 'Puts another task in place of the one at hand',
  owasp: 'MCP06',
} as const;

/** Text that pretends that the data are over and somebody speaks. */
export const turnRules: readonly PhraseRule[] = [
  {
    ...turn,
    severity: 'high',
    confidence: 0.85,
    steps: [
      phrases(`
      --- end of data* ¦ --- end of document* ¦ --- end of email* ¦ --- end of results* ¦
      --- end of file* ¦ --- end of context* ¦ ---end of data* ¦ === end of* ¦
      == end of document* ¦ *** end of* ¦ [end of data] ¦ [end of document] ¦ [end of context] ¦
      [end of tool output] ¦ [end of message] ¦ ### end of* ¦ </tool_result> ¦ </tool_results> ¦
      </tool_response> ¦ </function_results> ¦ </function_response> ¦ </search_results> ¦
      </documents> ¦ </untrusted* ¦ </user_query> ¦ </assistant> ¦ </human> ¦ <|end_of_turn|> ¦
      <end_of_turn> ¦ <start_of_turn> ¦ <|start_header_id|> ¦ <|end_header_id|> ¦
      <|begin_of_text|> ¦ <|channel|> ¦ <|message|> ¦ <|return|> ¦ [/available_tools] ¦
      [available_tools] ¦ [tool_results] ¦ [system_prompt] ¦ <s>[inst]* ¦ \\n\\nhuman:* ¦
      \\n\\nassistant:* ¦ \\nuser:* ¦ \\nsystem:* ¦ system message: ¦ system notice: ¦
      system alert: ¦ admin message: ¦ begin new instructions ¦ begin instructions ¦
      end of user input ¦ end of user data ¦ # system prompt ¦ ## system prompt ¦ ### new task ¦
      ### user: ¦ ### human: ¦ ### assistant: ¦ ### response: ¦ ###instruction ¦ ###system ¦
      assistant to=*`),
    ],
  },
  {
    ...turn,
    severity: 'medium',
    confidence: 0.5,
    gap: 400,
    steps: [
      ['human:', 'user:', 'system:'],
      ['assistant:', 'ai:'],
    ],
  },
  {
    ...call,
    severity: 'medium',
    confidence: 0.6,
    steps: [
      phrases(`
      <tool_call> ¦ <tool_use> ¦ <function_calls> ¦ <function_call> ¦ <function=* ¦
      <invoke name* ¦ <|tool_call|> ¦ <|python_tag|> ¦ [tool_calls] ¦ "tool_calls":* ¦
      "function_call":* ¦ "type": "tool_use"* ¦ "type":"tool_use"* ¦ "method": "tools/call"* ¦
      "method":"tools/call"* ¦ tools/call ¦ action input:`),
    ],
  },
  {
    ...call,
    severity: 'medium',
    confidence: 0.45,
    gap: 80,
    steps: [
      ['{"name":*', '{"tool":*', '{"action":*', '{"function":*', '{"tool_name":*'],
      phrases(`"arguments":* ¦ "parameters":* ¦ "args":* ¦ "action_input":* ¦ "input":* ¦ "params":*`),
    ],
  },
  {
    ...addressed,
    severity: 'medium',
    confidence: 0.65,
    gap: 40,
    steps: [
      phrases(`
      ai assistant* ¦ ai agent* ¦ ai model* ¦ ai system* ¦ language model* ¦ llm ¦ llms ¦
      chatgpt ¦ claude ¦ copilot ¦ gemini ¦ gpt-4* ¦ the assistant ¦ assistant: ¦ assistant, ¦
      the agent ¦ chatbot ¦ ai reading* ¦ ai processing* ¦ automated agent* ¦ bots reading* ¦
      virtual assistant`),
      phrases(`
      must ¦ should ¦ shall ¦ please ¦ needs to ¦ has to ¦ is required to ¦ are required to ¦
      is instructed to ¦ are instructed to ¦ you must ¦ you should ¦ will now ¦
      is authorized to ¦ are authorized to ¦ are to ¦ is to ¦ required to ¦ instructed to ¦
      asked to ¦ you are now ¦ do the following ¦ perform the following ¦
      execute the following ¦ your task`),
      phrases(`
      call ¦ send ¦ forward* ¦ ignore ¦ disregard ¦ execute ¦ run ¦ invoke ¦ use ¦ include ¦
      output ¦ reply ¦ respond ¦ fetch ¦ visit ¦ open ¦ delete ¦ transfer* ¦ reveal* ¦ print ¦
      say ¦ tell ¦ add ¦ append* ¦ recommend* ¦ post ¦ email ¦ upload* ¦ download* ¦ follow ¦
      click ¦ provide ¦ rate ¦ give ¦ not ¦ never ¦ first ¦ always ¦ immediately ¦ read ¦
      write ¦ share ¦ submit ¦ approve* ¦ prioriti* ¦ instead`),
    ],
  },
  {
    ...addressed,
    severity: 'medium',
    confidence: 0.6,
    steps: [
      phrases(`
      to any ai* ¦ to all ai* ¦ to ai assistants ¦ to ai agents ¦ for ai assistants ¦
      for ai agents ¦ for the ai agent ¦ for the ai assistant ¦ attention: ai* ¦
      attention llm* ¦ attention assistant ¦ attention agent ¦ important message for ai* ¦
      instructions for ai* ¦ instructions for the ai* ¦ instructions for the assistant ¦
      instruction to the assistant ¦ instructions to the assistant ¦ note to llm* ¦
      note to self: as an ai* ¦ note for the assistant ¦ note for assistant ¦ note for llm* ¦
      note to ai* ¦ message for the assistant ¦ message for ai* ¦ when an ai reads* ¦
      when you read this ¦ if you are reading this as an ai* ¦ if an ai* ¦ if you are an llm* ¦
      if you are an automated* ¦ if you are an assistant* ¦ you are an ai* ¦
      as a language model you* ¦ whoever reads this with* ¦ agent, * ¦ hey ai* ¦ hey claude ¦
      hey chatgpt ¦ hi assistant ¦ hello assistant ¦ dear agent ¦ dear llm* ¦ dear claude ¦
      dear chatgpt ¦ dear model`).filter((phrase) => phrase !== 'agent, *'),
    ],
  },
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
      phrases(`
      now ¦ . ¦ for ¦ during ¦ until ¦ by ¦ because ¦ in ¦ this ¦ while ¦ as ¦ with ¦ so ¦ , ¦
      and ¦ ; ¦ !`),
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
