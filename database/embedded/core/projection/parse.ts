import { Document } from '../document.ts';
import type { Evaluable, MatchEnv } from '../env.ts';
import { fail, MongoError } from '../errors.ts';
import { checkFieldPath, isReferencePart } from '../fieldpath.ts';
import { matcherOf } from '../match/matcher.ts';
import { isTrue } from '../match/operators.ts';
import { parseQuery } from '../match/parse.ts';
import type { Predicate } from '../match/tree.ts';
import { isNumber } from '../numbers.ts';
import { show, showElement } from '../show.ts';
import type { Value } from '../values.ts';
import { typeNames, typeOf } from '../values.ts';
import { parseSlice } from './slice.ts';
import { addNode, type Branch, branch, openBranch, type ProjectionNode } from './tree.ts';

type ProjectionType = 'inclusion' | 'exclusion';

/** A parsed projection. */
export interface Projection {
  readonly type: ProjectionType;
  readonly root: Branch;
  /** The path before the positional `.$`, if there is one. */
  readonly positional: string | undefined;
}

const POSITION_INSIDE =
  "As of 4.4, it's illegal to specify positional operator in the middle of a path.Positional projection may only be used at the end, for example: a.b.$. If the query previously used a form like a.b.$.d, remove the parts following the '$' and the results will be equivalent.";

const refuse = (code: number, message: string): never => fail(code, `Location${code}`, message);

/** Parses find's projections (manual, "Project Fields to Return from Query"). */
class Parser {
  readonly root = branch();
  type: ProjectionType | undefined;
  positional: string | undefined;
  hasSlice = false;
  hasElemMatch = false;
  id: 'unsaid' | 'included' | 'excluded' | 'other' = 'unsaid';
  readonly #env: MatchEnv;
  readonly #tree: Predicate | undefined;

  constructor(env: MatchEnv, tree: Predicate | undefined) {
    this.#env = env;
    this.#tree = tree;
  }

  element(name: string, value: Value, parent: Branch, above: string): void {
    const positional = name.endsWith('.$');
    if (name.includes('.$.')) refuse(31394, POSITION_INSIDE);
    if (above === '' && (name === '_id' || name.startsWith('_id.')) && this.id === 'unsaid')
      this.id = 'other';
    if (value instanceof Document) {
      if (positional) refuse(31271, 'positional projection cannot be used with an expression or sub object');
      this.#object(name, value, parent, above);
    } else if (typeof value === 'boolean' || isNumber(value)) {
      if (!isTrue(value)) this.#exclusion(name, parent, above);
      else if (positional) this.#positional(name, parent, above);
      else this.#inclusion(name, parent, above);
    } else {
      if (positional) refuse(31308, 'positional projection cannot be used with a literal');
      this.#literal(name, value, parent);
    }
  }

  #add(parent: Branch, name: string, node: ProjectionNode): void {
    checkFieldPath(name);
    addNode(parent, name, node);
  }

  #inclusion(name: string, parent: Branch, above: string): void {
    this.#add(parent, name, { kind: 'include' });
    if (name === '_id' && above === '') this.id = 'included';
    else this.#isInclusion(name);
  }

  #isInclusion(name: string): void {
    if (this.type === 'exclusion') {
      refuse(31253, `Cannot do inclusion on field ${name} in exclusion projection`);
    }
    this.type = 'inclusion';
  }

  #exclusion(name: string, parent: Branch, above: string): void {
    if (name.endsWith('.$')) refuse(31395, 'positional projection cannot be used with exclusion');
    this.#add(parent, name, { kind: 'exclude' });
    if (name === '_id' && above === '') {
      this.id = 'excluded';
      return;
    }
    if (this.type === 'inclusion') {
      refuse(31254, `Cannot do exclusion on field ${name} in inclusion projection`);
    }
    this.type = 'exclusion';
  }

  #positional(name: string, parent: Branch, above: string): void {
    const array = name.slice(0, -2);
    if (this.positional !== undefined) {
      refuse(31276, 'Cannot specify more than one positional projection per query.');
    }
    if (this.hasElemMatch) refuse(31256, 'Cannot specify positional operator and $elemMatch.');
    if (this.#tree === undefined) refuse(51050, 'Projections with a positional operator require a matcher');
    this.#add(parent, array, { kind: 'positional' });
    this.positional = above === '' ? array : `${above}.${array}`;
    this.#isInclusion(name);
  }

  #literal(name: string, value: Value, parent: Branch): void {
    this.#add(parent, name, { kind: 'expression', expression: this.#compile(value) });
    if (this.type === 'exclusion') {
      refuse(31310, `Cannot use an expression ${showElement(name, value)} in an exclusion projection`);
    }
    this.type = 'inclusion';
  }

  #compile(spec: Value): Evaluable {
    const { expressions } = this.#env;
    if (expressions === undefined) return fail(238, 'NotImplemented', 'Expressions are not available here');
    return expressions(spec, this.#env);
  }

  #compileOperator(spec: Document): Evaluable {
    try {
      return this.#compile(spec);
    } catch (error) {
      const operator = spec.keys()[0];
      const isUnknown =
        error instanceof MongoError && error.message === `Unrecognized expression '${operator}'`;
      if (!isUnknown) throw error;
      return refuse(31325, `Unknown expression ${operator}`);
    }
  }

  #object(name: string, spec: Document, parent: Branch, above: string): void {
    if (spec.size === 0) {
      refuse(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    }
    const operator = spec.keys()[0] as string;
    if (spec.size === 1 && operator.startsWith('$') && !isReferencePart(operator)) {
      this.#operator(name, operator, spec, parent, above);
      return;
    }
    checkFieldPath(name);
    const path = above === '' ? name : `${above}.${name}`;
    const node = openBranch(parent, name);
    for (const [field, value] of spec.entries()) this.element(field, value, node, path);
  }

  #operator(name: string, operator: string, spec: Document, parent: Branch, above: string): void {
    const operand = spec.get(operator) as Value;
    if (operator === '$slice') this.#slice(name, operand, spec, parent);
    else if (operator === '$elemMatch') this.#elemMatch(name, operand, spec, parent, above);
    else this.#expression(name, spec, parent);
  }

  #slice(name: string, operand: Value, spec: Document, parent: Branch): void {
    let problem: MongoError;
    try {
      const slice = parseSlice(operand);
      this.#add(parent, name, { kind: 'slice', ...slice });
      this.hasSlice = true;
      return;
    } catch (error) {
      if (!(error instanceof MongoError) || error.code < 31257 || error.code > 31273) throw error;
      problem = error;
    }
    try {
      this.#expression(name, spec, parent);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      const why = `${problem.codeName}: ${problem.message}`;
      fail(
        error.code,
        error.codeName,
        `Invalid $slice syntax. The given syntax ${show(spec)} did not match the find() syntax because :: ${why} :: The given syntax did not match the expression $slice syntax. :: caused by :: ${error.message}`,
      );
    }
  }

  #elemMatch(name: string, operand: Value, spec: Document, parent: Branch, above: string): void {
    if (!(operand instanceof Document)) {
      refuse(31274, `elemMatch: Invalid argument, object required, but got ${typeNames[typeOf(operand)]}`);
    }
    if (this.positional !== undefined) refuse(31255, 'Cannot specify positional operator and $elemMatch.');
    if (above !== '' || name.includes('.')) {
      refuse(31275, 'Cannot use $elemMatch projection on a nested field.');
    }
    const matcher = matcherOf(parseQuery(Document.of([[name, spec]]), 'plain'), this.#env);
    this.#add(parent, name, { kind: 'elemMatch', matcher });
    this.hasElemMatch = true;
  }

  #expression(name: string, spec: Document, parent: Branch): void {
    if (this.type === 'exclusion') {
      refuse(31252, 'Cannot use expression other than $meta in exclusion projection');
    }
    const expression = this.#compileOperator(spec);
    this.#add(parent, name, { kind: 'expression', expression });
    this.type = 'inclusion';
  }

  /** The kind of a projection that names nothing but `_id` and find's own operators. */
  finalType(): ProjectionType {
    if (this.type !== undefined) return this.type;
    if (this.hasSlice) return this.id === 'included' ? 'inclusion' : 'exclusion';
    if (this.hasElemMatch) return 'inclusion';
    return this.id === 'included' ? 'inclusion' : 'exclusion';
  }
}

/** Parses a projection. `tree` is the query's, which a positional projection needs. */
export function parseProjection(spec: Document, env: MatchEnv, tree?: Predicate): Projection {
  const parser = new Parser(env, tree);
  for (const [name, value] of spec.entries()) parser.element(name, value, parser.root, '');
  const type = parser.finalType();
  if (type === 'inclusion' && parser.id === 'unsaid') addNode(parser.root, '_id', { kind: 'include' });
  if (type === 'exclusion' && parser.id === 'included') parser.root.children.delete('_id');
  return { type, root: parser.root, positional: parser.positional };
}
