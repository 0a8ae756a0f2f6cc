import { isAdditive } from './planRules.ts';

interface Item {
  readonly code: string;
  readonly trackable: boolean;
  readonly carriesOut: string | null;
}

interface Measured {
  readonly code: string;
  readonly contentItem: string;
  readonly measure: 'COUNT' | 'PERCENT' | 'VND';
  readonly aggregation: 'SUM' | 'LATEST' | 'NONE';
}

/** What is wrong with a part of a plan's content. */
export interface ContentFault {
  readonly code: 'INPUT_INVALID' | 'INDICATOR_NOT_ADDITIVE';
  readonly path: readonly (string | number)[];
  readonly params: Readonly<Record<string, string>>;
}

const invalid = (path: ContentFault['path'], vi: string, en: string): ContentFault => ({
  code: 'INPUT_INVALID',
  path,
  params: { vi, en },
});

/**
 * Gives what is wrong with content items and indicators: an item carries out one of its parent's; an indicator measures
 * an item of its own campaign that may be counted; a percentage is never added up.
 */
export function faultsOfContent(
  items: readonly Item[],
  indicators: readonly Measured[],
  parentCodes: ReadonlySet<string>,
): ContentFault[] {
  const byCode = new Map(items.map((item) => [item.code, item]));
  return [
    ...items.flatMap(({ carriesOut }, index) =>
      carriesOut === null || parentCodes.has(carriesOut)
        ? []
        : [
            invalid(
              ['contentItems', index, 'carriesOut'],
              `Phong trào cấp trên không có nội dung ${carriesOut}.`,
              `The parent campaign has no content item ${carriesOut}.`,
            ),
          ],
    ),
    ...indicators.flatMap((indicator, index) => faultsOfIndicator(indicator, index, byCode)),
  ];
}

function faultsOfIndicator(
  { code, contentItem, measure, aggregation }: Measured,
  index: number,
  items: ReadonlyMap<string, Item>,
): ContentFault[] {
  const item = items.get(contentItem);
  const path = ['indicators', index, 'contentItem'];
  return [
    ...(item
      ? []
      : [
          invalid(
            path,
            `Kế hoạch không có nội dung ${contentItem}.`,
            `The plan has no content item ${contentItem}.`,
          ),
        ]),
    ...(item && !item.trackable
      ? [
          invalid(
            path,
            `Nội dung ${contentItem} chỉ là văn bản, không được thống kê.`,
            `The content item ${contentItem} is text only and is not counted.`,
          ),
        ]
      : []),
    ...(aggregation === 'SUM' && !isAdditive(measure)
      ? [
          {
            code: 'INDICATOR_NOT_ADDITIVE' as const,
            path: ['indicators', index, 'aggregation'],
            params: { code },
          },
        ]
      : []),
  ];
}
