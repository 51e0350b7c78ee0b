import { Inject } from '@nestjs/common';
import { ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Customer } from '@sallyport/db';
import { AppError, toWireId } from '@sallyport/kernel';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { readId } from '../graphql/wire-ids.ts';
import type { Database } from '../platform/database.ts';
import { readName } from '../platform/reason.ts';
import { TenantChanges } from '../platform/tenant-changes.ts';
import { DB } from '../platform/tokens.ts';
import { RevocationResultModel } from '../publication/publication.model.ts';
import { WorkerAcks } from '../publication/worker-acks.ts';
import { ActiveState } from '../viewer/viewer.model.ts';
import { CustomerModel } from './customer.model.ts';

function toModel(row: Customer): CustomerModel {
  const { name, externalRef, createdAt } = row;
  const state = row.state === 'active' ? 'ACTIVE' : 'SUSPENDED';
  return { id: toWireId('customer', row.id), name, externalRef, state, createdAt };
}

/** Customers are small enough to live in one file: a list, a name, a state. */
@Resolver(() => CustomerModel)
export class CustomersResolver {
  constructor(
    @Inject(DB) private readonly db: Database,
    @Inject(TenantChanges) private readonly changes: TenantChanges,
    @Inject(WorkerAcks) private readonly acks: WorkerAcks,
  ) {}

  @Requires('agents.read')
  @Query(() => [CustomerModel])
  async customers(@CurrentActor() actor: Actor): Promise<readonly CustomerModel[]> {
    const rows = await this.db.withTenant(actor.tenantId, (tx) =>
      tx.customer.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }], take: 1000 }),
    );
    return rows.map(toModel);
  }

  @Requires('agents.write')
  @Mutation(() => CustomerModel)
  async createCustomer(
    @CurrentActor() actor: Actor,
    @Arg('name', () => String) nameText: string,
    @Arg('externalRef', () => String, { nullable: true }) externalRef: string | null,
  ): Promise<CustomerModel> {
    const name = readName(nameText);
    const ref = externalRef ? readName(externalRef, 'externalRef') : null;
    return this.changes.run(actor, async (change) => {
      const row = await change.tx.customer.create({
        data: { tenantId: actor.tenantId, name, externalRef: ref },
      });
      await change.config(`customer ${name}`);
      await change.receipt({
        action: 'customer.create',
        subjectKind: 'customer',
        subjectId: row.id,
        summary: { name },
      });
      change.live('agent', row.id);
      return toModel(row);
    });
  }

  @Requires('agents.write')
  @Mutation(() => RevocationResultModel)
  async setCustomerState(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) wireId: string,
    @Arg('state', () => ActiveState) wanted: ActiveState,
  ): Promise<RevocationResultModel> {
    const id = readId('customer', wireId);
    const state = wanted === 'ACTIVE' ? 'active' : 'suspended';
    const revSeq = await this.changes.run(actor, async (change) => {
      const where = { tenantId_id: { tenantId: actor.tenantId, id } };
      const customer = await change.tx.customer.findUnique({ where });
      if (!customer) throw new AppError('not_found', undefined, { details: { kind: 'customer' } });
      await change.tx.customer.update({ where, data: { state } });
      const seq = await change.revoke(
        state === 'suspended' ? 'customer' : 'restore',
        id,
        `customer ${state}`,
      );
      await change.config(`customer ${customer.name} ${state}`);
      await change.receipt({
        action: state === 'suspended' ? 'customer.suspend' : 'customer.resume',
        subjectKind: 'customer',
        subjectId: id,
        summary: { name: customer.name },
      });
      change.live('agent', id);
      return seq;
    });
    return this.acks.waitForRevocation(actor.tenantId, revSeq);
  }
}
