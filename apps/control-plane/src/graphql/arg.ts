import { Args, type ReturnTypeFunc } from '@nestjs/graphql';

interface ArgOptions {
  readonly nullable?: boolean;
  readonly defaultValue?: unknown;
}

/**
 * `@Args` with its type written out. Nest reads `design:paramtypes` even then; the compiler's metadata is
 * switched off (it breaks on models that refer to each other), so an empty list stands in for it.
 */
export function Arg(name: string, type: ReturnTypeFunc, options: ArgOptions = {}): ParameterDecorator {
  return (target, key, index) => {
    if (key !== undefined && !Reflect.hasOwnMetadata('design:paramtypes', target, key)) {
      Reflect.defineMetadata('design:paramtypes', [], target, key);
    }
    Args(name, { type, ...options })(target, key, index);
  };
}
