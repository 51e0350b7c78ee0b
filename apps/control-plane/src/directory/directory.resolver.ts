import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor } from '../access/session.ts';
import { DirectoryEntryModel } from './directory.model.ts';
import { DirectoryReadModel } from './directory.read-model.ts';

@Resolver(() => DirectoryEntryModel)
export class DirectoryResolver {
  constructor(@Inject(DirectoryReadModel) private readonly directoryOf: DirectoryReadModel) {}

  /** Each kind is there only for those who may read it. */
  @Requires('member')
  @Query(() => [DirectoryEntryModel], { description: 'Everything that has a page, for finding it by name.' })
  directory(@CurrentActor() actor: Actor): Promise<readonly DirectoryEntryModel[]> {
    return this.directoryOf.list(actor.tenantId, actor.permissions, new Date());
  }
}
