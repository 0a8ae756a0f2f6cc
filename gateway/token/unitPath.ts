import { StartError } from '../../server/startError.ts';
import { UNIT_PATH } from '../access/tokens/claims.ts';

const question = 'query PathOfUnit($code: UnitCode!) { unit(code: $code) { path } }';

/**
 * Gives the path of a unit: of a code as a running gateway says it; a path is taken as it is.
 * @throws StartError when the gateway does not answer, or knows no such unit.
 */
export async function unitPathOf(unit: string, gateway: string): Promise<string> {
  if (UNIT_PATH.test(unit)) return unit;
  const path = await ask(unit, gateway).catch((cause: Error) => {
    throw new StartError(
      `The path of ${unit} is asked of the gateway at ${gateway}, which did not tell: ${cause.message}\nStart it, name another one with --gateway, or give the path: --unit /BCA/T01.1/`,
      { cause },
    );
  });
  if (path) return path;
  throw new StartError(`The gateway at ${gateway} knows no unit with the code ${unit}.`);
}

async function ask(code: string, gateway: string): Promise<string | undefined> {
  const response = await fetch(new URL('/graphql', gateway), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: question, variables: { code } }),
  });
  const answer = (await response.json()) as {
    data?: { unit: { path: string } | null } | null;
    errors?: { message: string }[];
  };
  const [error] = answer.errors ?? [];
  if (error) throw new Error(error.message);
  return answer.data?.unit?.path;
}
