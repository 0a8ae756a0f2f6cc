import { readFileSync } from 'node:fs';
import { buildSchema, parse } from 'graphql';
import { costModel } from '../../gateway/limits/cost.ts';
import { type Limits, limitsOfRole } from '../../gateway/limits/limits.ts';
import { weightsOf } from '../../gateway/limits/weights.ts';
import type { Role } from '../../server/viewer.ts';
import { caseOf, read } from './cases.ts';

const sdlOf = (name: string): string => readFileSync(`schema/${name}.graphql`, 'utf8');
const costs = costModel(buildSchema(sdlOf('api')), weightsOf(parse(sdlOf('supergraph'))));

/** Gives what a named operation is estimated to cost as its case asks it, and its largest page. */
export const estimateOf = (name: string): { readonly cost: number; readonly page: number } =>
  costs.estimate(parse(read(name)), caseOf(name).variables);

/** Gives the limits of whoever asks a named operation. */
export const limitsOf = (name: string): Limits =>
  limitsOfRole((/role=(\w+)/u.exec(caseOf(name).viewer ?? '')?.[1] ?? 'MINISTRY') as Role);
