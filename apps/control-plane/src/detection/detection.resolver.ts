import { Inject } from '@nestjs/common';
import {
  Context,
  GraphQLISODateTime,
  ID,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor, RequestContext } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { readId } from '../graphql/wire-ids.ts';
import { PublicationReadModel } from '../publication/publication.read-model.ts';
import { PublishTenantNow } from '../publication/publish-tenant-now.ts';
import { DetectionBucketModel, DetectionChangeModel, DetectionModel } from './detection.model.ts';
import { DetectionReadModel, type DetectionView } from './detection.read-model.ts';
import {
  DetectionInputModel,
  ExternalClassifierInputModel,
  ToolDetectionInputModel,
  ToolDetectionModel,
} from './detection-settings.model.ts';
import { DetectionDirection, DetectionTier, SeriesBucket } from './detection-words.ts';
import { ToolDetectionReadModel } from './tool-detection.read-model.ts';
import { UpdateDetection } from './update-detection.ts';

/** What the Detection page reads. */
export class DetectionReads {
  constructor(
    readonly tenant: DetectionReadModel,
    readonly tools: ToolDetectionReadModel,
    readonly publications: PublicationReadModel,
  ) {}
}

@Resolver(() => DetectionModel)
export class DetectionResolver {
  constructor(
    @Inject(DetectionReads) private readonly reads: DetectionReads,
    @Inject(UpdateDetection) private readonly update: UpdateDetection,
    @Inject(PublishTenantNow) private readonly publishNow: PublishTenantNow,
    @Inject(TenantBatches) private readonly batches: TenantBatches,
  ) {}

  @Requires('calls.read')
  @Query(() => DetectionModel)
  detection(@CurrentActor() actor: Actor): Promise<DetectionView> {
    return this.reads.tenant.load(actor.tenantId, new Date());
  }

  @Requires('calls.read')
  @Query(() => [DetectionBucketModel])
  detectionSeries(
    @CurrentActor() actor: Actor,
    @Arg('from', () => GraphQLISODateTime) from: Date,
    @Arg('to', () => GraphQLISODateTime) to: Date,
    @Arg('bucket', () => SeriesBucket) bucket: SeriesBucket,
    @Arg('code', () => String, { nullable: true }) code: string | null,
    @Arg('tier', () => DetectionTier, { nullable: true }) tier: DetectionTier | null,
    @Arg('direction', () => DetectionDirection, { nullable: true }) direction: DetectionDirection | null,
  ): Promise<readonly DetectionBucketModel[]> {
    return this.reads.tenant.series(actor.tenantId, { from, to, bucket, code, tier, direction });
  }

  @Requires('catalog.read')
  @Query(() => ToolDetectionModel)
  toolDetection(
    @CurrentActor() actor: Actor,
    @Arg('toolId', () => ID) toolId: string,
  ): Promise<ToolDetectionModel> {
    return this.reads.tools.byId(actor.tenantId, readId('tool', toolId));
  }

  @Requires('settings.write')
  @Mutation(() => DetectionChangeModel)
  async updateDetection(
    @CurrentActor() actor: Actor,
    @Arg('input', () => DetectionInputModel) input: DetectionInputModel,
  ) {
    await this.update.tenant(actor, input);
    return this.changed(actor, 'detection');
  }

  @Requires('settings.write')
  @Mutation(() => ToolDetectionModel)
  async updateToolDetection(
    @CurrentActor() actor: Actor,
    @Arg('toolId', () => ID) wireId: string,
    @Arg('input', () => ToolDetectionInputModel) input: ToolDetectionInputModel,
  ): Promise<ToolDetectionModel> {
    const toolId = readId('tool', wireId);
    await this.update.tool(actor, toolId, input);
    await this.publishNow.flush(actor, 'detection of a tool');
    return this.reads.tools.byId(actor.tenantId, toolId);
  }

  @Requires('settings.write')
  @Mutation(() => DetectionChangeModel)
  async setExternalClassifier(
    @CurrentActor() actor: Actor,
    @Arg('input', () => ExternalClassifierInputModel) input: ExternalClassifierInputModel,
  ) {
    await this.update.classifier(actor, input);
    return this.changed(actor, 'external classifier');
  }

  @Requires('settings.write')
  @Mutation(() => DetectionChangeModel)
  async removeExternalClassifier(@CurrentActor() actor: Actor) {
    await this.update.removeClassifier(actor);
    return this.changed(actor, 'external classifier removed');
  }

  @Requires('settings.write')
  @Mutation(() => DetectionModel)
  async setDetectionExportConsent(
    @CurrentActor() actor: Actor,
    @Arg('isAllowed', () => Boolean) isAllowed: boolean,
  ): Promise<DetectionView> {
    await this.update.consent(actor, isAllowed);
    return this.detection(actor);
  }

  @ResolveField()
  async exportConsent(@Parent() view: DetectionView, @Context() context: RequestContext) {
    if (!view.consent) return null;
    return { at: view.consent.at, by: (await this.batches.person(context, view.consent.byUser)) ?? '' };
  }

  /** Published before it is answered, so the console says how many workers have it. */
  private async changed(actor: Actor, note: string) {
    await this.publishNow.flush(actor, note);
    const detection = await this.detection(actor);
    return { detection, publication: await this.reads.publications.forTenant(actor.tenantId) };
  }
}
