import { Document } from '../../core/document.ts';
import { fail, MongoError } from '../../core/errors.ts';
import type { Value } from '../../core/values.ts';
import { refuse } from './arguments.ts';
import type { Cell, Compiler, Evaluate, Expression, ExpressionEnv, Form } from './expression.ts';
import { checkFieldName } from './field-path.ts';
import { expressionOperators } from './operators.ts';
import { refusedOperators } from './special.ts';
import { referenceOf } from './variables.ts';

function constantOf(value: Value | undefined): Expression {
  return { evaluate: () => value, isConstant: true, form: { kind: 'constant', value } };
}

const nothing = Document.of();

/**
 * An expression whose parts are all constant is evaluated now. One that fails is kept as it is: it fails when
 * it is reached, which a branch of $cond may never be.
 */
function folded(evaluate: Evaluate, form: Form): Expression {
  try {
    return constantOf(evaluate(nothing));
  } catch (error) {
    if (error instanceof MongoError) return { evaluate, isConstant: false, form };
    throw error;
  }
}

function call(
  operator: string,
  args: readonly Expression[],
  evaluate: Evaluate,
  volatile = false,
): Expression {
  const form: Form = { kind: 'call', operator, args };
  if (!volatile && args.every((arg) => arg.isConstant)) return folded(evaluate, form);
  return { evaluate, isConstant: false, form };
}

function arrayExpression(items: readonly Value[], compiler: Compiler): Expression {
  const args = items.map((item) => compiler.compile(item));
  return call('[]', args, (root) => args.map((arg) => arg.evaluate(root) ?? null));
}

function objectExpression(spec: Document, compiler: Compiler): Expression {
  const names: string[] = [];
  const args: Expression[] = [];
  for (const [name, value] of spec.entries()) {
    checkFieldName(name);
    if (names.includes(name)) refuse(16406, `duplicate field name specified in object literal: ${name}`);
    names.push(name);
    args.push(compiler.compile(value));
  }
  return call('{}', args, (root) => {
    const kept: string[] = [];
    const values: Value[] = [];
    for (let i = 0; i < args.length; i++) {
      const value = args[i]?.evaluate(root);
      if (value === undefined) continue;
      kept.push(names[i] as string);
      values.push(value);
    }
    return Document.fromColumns(kept, values);
  });
}

/** True when an object names an operator rather than the fields of a document. */
function isOperatorObject(spec: Document): boolean {
  return spec.keys()[0]?.startsWith('$') === true;
}

function operatorExpression(spec: Document, compiler: Compiler): Expression {
  const [name = '', ...others] = spec.keys();
  if (others.length > 0) {
    refuse(
      15983,
      `An object representing an expression must have exactly one field: ${spec.keys().join(', ')}`,
    );
  }
  const table = Object.hasOwn(expressionOperators, name) ? expressionOperators : refusedOperators;
  const parse = Object.hasOwn(table, name) ? table[name] : undefined;
  if (parse === undefined) fail(168, 'InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  const operation = parse(spec.get(name) as Value, compiler, name);
  return call(name, operation.args, operation.evaluate, operation.volatile);
}

function compileWith(spec: Value, compiler: Compiler): Expression {
  if (typeof spec === 'string') {
    if (!spec.startsWith('$')) return constantOf(spec);
    const { evaluate, form } = referenceOf(spec, compiler);
    if (form?.kind === 'constant') return constantOf(form.value);
    return { evaluate, isConstant: false, form: form ?? { kind: 'call', operator: '$$', args: [] } };
  }
  if (Array.isArray(spec)) return arrayExpression(spec, compiler);
  if (!(spec instanceof Document)) return constantOf(spec);
  return isOperatorObject(spec) ? operatorExpression(spec, compiler) : objectExpression(spec, compiler);
}

function compilerOf(env: ExpressionEnv, cells: ReadonlyMap<string, Cell>, paths: Set<string>): Compiler {
  const compiler: Compiler = {
    env,
    paths,
    compile: (spec) => compileWith(spec, compiler),
    bind: (more) => compilerOf(env, new Map([...cells, ...more]), paths),
    cellOf: (name) => cells.get(name),
  };
  return compiler;
}

/** A compiler for the expressions of one stage; `cells` are variables that its caller sets. */
export function newCompiler(env: ExpressionEnv, cells: ReadonlyMap<string, Cell> = new Map()): Compiler {
  return compilerOf(env, cells, new Set());
}

/**
 * Compiles an aggregation expression.
 * @throws the code MongoDB gives while parsing it: 168 for an unknown operator, 17276 for an unknown variable,
 * 16020 for a wrong number of operands, …
 */
export function compileExpression(spec: Value, env: ExpressionEnv): Expression {
  return newCompiler(env).compile(spec);
}
