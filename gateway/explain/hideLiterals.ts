import { type ASTVisitor, parse, print, visit } from 'graphql';

const hidden: ASTVisitor = {
  StringValue: (node) => ({ ...node, value: '', block: false }),
  IntValue: (node) => ({ ...node, value: '0' }),
  FloatValue: (node) => ({ ...node, value: '0' }),
};

/**
 * Gives an operation with its literals hidden, as Apollo's operation signatures have them: texts are empty, numbers 0.
 * A client may have written anything into them, a person's number included. What is no GraphQL is hidden whole.
 */
export function hideLiterals(operation: string): string {
  try {
    return print(visit(parse(operation, { noLocation: true }), hidden));
  } catch {
    return '';
  }
}
