import { Inject } from '@nestjs/common';
import { ID, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { JsonScalar } from '../graphql/json-scalar.ts';
import { readId } from '../graphql/wire-ids.ts';
import { TestCallResultModel } from './agent.model.ts';
import { SendTestCall } from './send-test-call.ts';

@Resolver(() => TestCallResultModel)
export class TestCallResolver {
  constructor(@Inject(SendTestCall) private readonly sendCall: SendTestCall) {}

  @Requires('agents.write')
  @Mutation(() => TestCallResultModel, {
    description: 'Runs one call through the real data plane with a short-lived key of the given agent.',
  })
  sendTestCall(
    @CurrentActor() actor: Actor,
    @Arg('agentId', () => ID) agentId: string,
    @Arg('tool', () => String) tool: string,
    @Arg('arguments', () => JsonScalar) args: unknown,
  ): Promise<TestCallResultModel> {
    return this.sendCall.execute(actor, { agentId: readId('agent', agentId), tool, args });
  }
}
