import { phrases } from '../phrase-list.ts';
import type { PhraseRule } from '../phrase-rules.ts';

const turn = {
  code: 'fake_turn',
  title: 'Imitates the end of the data or another speaker',
  owasp: 'MCP06',
} as const;
const call = { code: 'tool_call_lookalike', title: 'Imitates a call of a tool', owasp: 'MCP06' } as const;
const addressed = { code: 'model_addressed', title: 'Text addressed to the model', owasp: 'MCP03' } as const;

/** Text that pretends that the data are over and somebody speaks, or that speaks to the model. */
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
      chatgpt ¦ claude ¦ copilot ¦ gemini ¦ gpt-4* ¦ assistant: ¦
       chatbot ¦ ai reading* ¦ ai processing* ¦ automated agent* ¦ bots reading* ¦
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
];
