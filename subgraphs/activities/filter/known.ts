import { inputInvalid } from '../../../server/errors.ts';
import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import type { UnitCopyRow } from '../../copies/units.ts';
import type { HierarchyInput } from '../types.generated.ts';
import type { TreeOn } from './tree.ts';

/** The roads from codes to copies; each is one MongoDB command for all codes asked in a tick. */
export interface CopyRoads {
  readonly unitsByCode: (codes: readonly string[]) => Promise<readonly (UnitCopyRow | null)[]>;
  readonly campaignsByCode: (codes: readonly string[]) => Promise<readonly (CampaignCopyRow | null)[]>;
  readonly treeOn: (date: string) => Promise<TreeOn>;
}

/** The copies that the codes of one filter mean, read before the filter is made. */
export interface Known {
  readonly unit: (code: string) => UnitCopyRow;
  readonly campaign: (code: string) => CampaignCopyRow;
  readonly tree: (date: string) => TreeOn;
  readonly today: string;
}

/** What a filter that speaks codes holds at each of its nodes. */
export interface CodeNode<Node> {
  readonly campaign?: readonly string[] | null | undefined;
  readonly unit?: readonly string[] | null | undefined;
  readonly under?: readonly string[] | null | undefined;
  readonly hierarchy?: HierarchyInput | null | undefined;
  readonly any?: readonly Node[] | null | undefined;
  readonly not?: Node | null | undefined;
}

/** A filter with all the filters nested in it. */
const nodesOf = <Node extends CodeNode<Node>>(node: Node | null | undefined): Node[] =>
  node ? [node, ...(node.any ?? []).flatMap((child) => nodesOf(child)), ...nodesOf(node.not)] : [];

/** Gives the day that a hierarchy means, null as reported. Throws INPUT_INVALID for a day as reported. */
export function dayOfHierarchy(hierarchy: HierarchyInput | null | undefined, today: string): string | null {
  if (!hierarchy) return null;
  if (hierarchy.mode === 'AS_OF') return hierarchy.asOf ?? today;
  if (hierarchy.asOf != null) throw inputInvalid('asOf goes with the mode AS_OF only.');
  return null;
}

/** Reads what the codes of a filter mean, by at most three commands. Throws INPUT_INVALID for codes nobody has. */
export async function knownOf<Node extends CodeNode<Node>>(
  filter: Node | null | undefined,
  roads: CopyRoads,
  today: string,
): Promise<Known> {
  const nodes = nodesOf(filter);
  const distinct = (values: readonly (string | null)[]): string[] => [
    ...new Set(values.filter((value) => value !== null)),
  ];
  const unitCodes = distinct(nodes.flatMap(({ unit, under }) => [...(unit ?? []), ...(under ?? [])]));
  const campaignCodes = distinct(nodes.flatMap(({ campaign }) => campaign ?? []));
  const days = distinct(
    nodes.map(({ under, hierarchy }) => (under?.length ? dayOfHierarchy(hierarchy, today) : null)),
  );
  const [units, campaigns, trees] = await Promise.all([
    unitCodes.length > 0 ? roads.unitsByCode(unitCodes) : [],
    campaignCodes.length > 0 ? roads.campaignsByCode(campaignCodes) : [],
    Promise.all(days.map((day) => roads.treeOn(day))),
  ]);
  return {
    unit: lookup('unit', unitCodes, units),
    campaign: lookup('campaign', campaignCodes, campaigns),
    tree: (date) => {
      const tree = trees.find((each) => each.date === date);
      if (!tree) throw new Error(`The tree of ${date} was not read.`);
      return tree;
    },
    today,
  };
}

function lookup<Row>(what: string, codes: readonly string[], rows: readonly (Row | null)[]) {
  const unknown = codes.filter((_, index) => rows[index] == null);
  if (unknown.length > 0) {
    throw inputInvalid(`There is no ${what} with the code ${unknown.join(', ')}.`, { codes: unknown });
  }
  const found = new Map(codes.map((code, index) => [code, rows[index] as Row]));
  return (code: string): Row => {
    const row = found.get(code);
    if (row === undefined) throw new Error(`The ${what} ${code} was not read.`);
    return row;
  };
}
