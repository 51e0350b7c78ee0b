import { GraphQLScalarType, type ValueNode, valueFromASTUntyped } from 'graphql';

/** Any JSON value; what it may hold is checked where it is used. */
export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node: ValueNode, variables) => valueFromASTUntyped(node, variables),
});
