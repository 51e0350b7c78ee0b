import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { NamedRefModel } from '../graphql/named-ref.model.ts';

export const UpstreamState = { UP: 'UP', DEGRADED: 'DEGRADED', DOWN: 'DOWN', UNKNOWN: 'UNKNOWN' } as const;
export type UpstreamState = keyof typeof UpstreamState;
registerEnumType(UpstreamState, {
  name: 'UpstreamState',
  description: 'As the workers see it; UNKNOWN where none of them has spoken with it yet.',
});

export const BreakerState = { CLOSED: 'CLOSED', OPEN: 'OPEN', PROBING: 'PROBING' } as const;
export type BreakerState = keyof typeof BreakerState;
registerEnumType(BreakerState, { name: 'BreakerState' });

export const StreamKind = { GET: 'GET', LISTEN: 'LISTEN', SSE: 'SSE', CALL: 'CALL' } as const;
export type StreamKind = keyof typeof StreamKind;
registerEnumType(StreamKind, { name: 'StreamKind' });

@ObjectType('UpstreamHealth', { description: 'One upstream server, merged over all workers.' })
export class UpstreamHealthModel {
  @Field(() => NamedRefModel) readonly server!: NamedRefModel;
  @Field(() => UpstreamState) readonly state!: UpstreamState;
  @Field(() => BreakerState) readonly breaker!: BreakerState;
  @Field(() => String, { nullable: true }) readonly era?: string | null;
  @Field(() => String, { nullable: true }) readonly protocolVersion?: string | null;
  @Field(() => String, { nullable: true }) readonly transport?: string | null;
  @Field(() => Int) readonly inFlight!: number;
  @Field(() => Int) readonly calls!: number;
  @Field(() => Int) readonly errors!: number;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly lastOkAt?: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly lastFailAt?: Date | null;
  @Field(() => String, { nullable: true }) readonly lastError?: string | null;
  @Field(() => Float, { nullable: true }) readonly p50Ms?: number | null;
  @Field(() => [UpstreamWorkerModel]) readonly workers!: readonly UpstreamWorkerModel[];
  @Field(() => [NamedRefModel], { description: 'Endpoints that show something of this server.' })
  readonly endpoints!: readonly NamedRefModel[];
}

@ObjectType('UpstreamWorker', { description: 'How one worker finds one upstream server.' })
export class UpstreamWorkerModel {
  @Field(() => String) readonly id!: string;
  @Field(() => UpstreamState) readonly state!: UpstreamState;
  @Field(() => BreakerState) readonly breaker!: BreakerState;
  @Field(() => Int) readonly inFlight!: number;
  @Field(() => GraphQLISODateTime) readonly reportedAt!: Date;
}

@ObjectType('OpenConnections', { description: 'Streams and sessions that agents hold open now.' })
export class OpenConnectionsModel {
  @Field(() => [OpenStreamModel], { description: 'The newest first; at most 200 of each worker.' })
  readonly streams!: readonly OpenStreamModel[];
  @Field(() => Int) readonly streamCount!: number;
  @Field(() => [OpenSessionModel]) readonly sessions!: readonly OpenSessionModel[];
  @Field(() => Int) readonly sessionCount!: number;
  @Field(() => Int, { description: 'Workers that reported lately.' }) readonly workers!: number;
}

@ObjectType('OpenStream')
export class OpenStreamModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => StreamKind) readonly kind!: StreamKind;
  @Field(() => String, { nullable: true, description: 'What the client calls itself.' })
  readonly client?: string | null;
  @Field(() => String, { nullable: true }) readonly protocolVersion?: string | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly endpoint?: NamedRefModel | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly agent?: NamedRefModel | null;
  @Field(() => String, { nullable: true }) readonly keyPrefix?: string | null;
  @Field(() => GraphQLISODateTime) readonly openedAt!: Date;
  @Field(() => String) readonly worker!: string;
}

@ObjectType('OpenSession', { description: 'A session of the older revisions that spoke lately.' })
export class OpenSessionModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String, { nullable: true }) readonly client?: string | null;
  @Field(() => String, { nullable: true }) readonly protocolVersion?: string | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly endpoint?: NamedRefModel | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly agent?: NamedRefModel | null;
  @Field(() => String, { nullable: true }) readonly keyPrefix?: string | null;
  @Field(() => GraphQLISODateTime) readonly startedAt!: Date;
  @Field(() => GraphQLISODateTime) readonly lastSeenAt!: Date;
  @Field(() => String) readonly worker!: string;
}
