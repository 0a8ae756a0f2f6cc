import type { Comparator, TargetStatus } from '../../graph/operations.generated.ts';
import { defineMessages } from '../../language/messages.ts';

const statuses = {
  vi: { MET: 'Đạt', NOT_MET: 'Chưa đạt', NO_VALUE: 'Chưa công bố' },
  en: { MET: 'Met', NOT_MET: 'Not met', NO_VALUE: 'Not published' },
} satisfies Record<string, Record<TargetStatus, string>>;

/** How a threshold is compared with, as it is written before the number. */
export const comparators: Readonly<Record<Comparator, string>> = {
  LT: '<',
  LTE: '≤',
  EQ: '=',
  GTE: '≥',
  GT: '>',
};

export const targetMessages = defineMessages(
  {
    title: 'Chỉ tiêu',
    unknown: (code: string) => `Không có phong trào ${code}.`,
    year: 'Năm',
    anyYear: 'Tất cả',
    status: 'Kết quả',
    anyStatus: 'Tất cả',
    targets: (unit: string) => `Chỉ tiêu của ${unit} và các đơn vị trực thuộc`,
    all: 'Chỉ tiêu của các đơn vị',
    own: 'Mỗi dòng là số liệu tự công bố của đơn vị, không phải số trung bình của cấp dưới.',
    shown: (shown: string, all: string) => `Hiển thị ${shown} trong ${all} chỉ tiêu của chỉ số này`,
    everybody: 'Xem tất cả đơn vị',
    allIndicators: 'Xem tất cả chỉ số',
    unit: 'Đơn vị',
    period: 'Kỳ',
    target: 'Chỉ tiêu',
    baseline: 'Gốc so sánh',
    baselineOf: (year: number, value: string) => `${value} (${year})`,
    notKnown: 'chưa công bố',
    actual: 'Đạt được',
    source: 'Văn bản',
    synthetic: 'Dữ liệu mẫu',
    yes: 'có',
    no: 'không',
    without: 'Chỉ số theo dõi, không giao chỉ tiêu',
    statuses: statuses.vi,
  },
  {
    title: 'Targets',
    unknown: (code) => `There is no campaign ${code}.`,
    year: 'Year',
    anyYear: 'All',
    status: 'Result',
    anyStatus: 'All',
    targets: (unit) => `Targets of ${unit} and the units under it`,
    all: 'Targets of the units',
    own: 'Each row is what the unit itself published, never a mean of the units under it.',
    shown: (shown, all) => `Showing ${shown} of ${all} targets of this indicator`,
    everybody: 'Show all units',
    allIndicators: 'Show all indicators',
    unit: 'Unit',
    period: 'Period',
    target: 'Target',
    baseline: 'Measured against',
    baselineOf: (year, value) => `${value} (${year})`,
    notKnown: 'not published',
    actual: 'Reached',
    source: 'Document',
    synthetic: 'Sample data',
    yes: 'yes',
    no: 'no',
    without: 'Indicators that are followed without targets',
    statuses: statuses.en,
  },
);
