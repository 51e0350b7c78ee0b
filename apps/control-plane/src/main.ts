import 'reflect-metadata';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Inject, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Args, Field, GraphQLModule, ID, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { toWireId } from '@sallyport/kernel';
import { hello } from './hello.ts';

@Injectable()
class Svc {
  hi() {
    return hello() + toWireId('server', '00000000-0000-0000-0000-000000000000');
  }
}

@ObjectType()
class Viewer {
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true }) other?: string | null;
}

@Resolver(() => Viewer)
class ViewerResolver {
  constructor(@Inject(Svc) private readonly svc: Svc) {}
  @Query(() => Viewer)
  viewer(@Args('id', { type: () => ID, nullable: true }) id: string | null): Viewer {
    return { name: this.svc.hi() + id };
  }
}

@Module({
  imports: [GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true })],
  providers: [Svc, ViewerResolver],
})
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
await app.listen(4499, '127.0.0.1');
const r = await fetch('http://127.0.0.1:4499/graphql', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{viewer(id:"x"){name other}}' }),
});
process.stdout.write((await r.text()) + '\n');
await app.close();
