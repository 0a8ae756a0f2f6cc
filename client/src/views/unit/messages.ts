import type { AwardStatus } from '../../graph/operations.generated.ts';
import { defineMessages } from '../../language/messages.ts';

const vi: Readonly<Record<AwardStatus, string>> = {
  DECIDED: 'Đã quyết định',
  CONFERRED: 'Đã trao tặng',
  REVOKED: 'Đã thu hồi',
};

const en: Readonly<Record<AwardStatus, string>> = {
  DECIDED: 'Decided',
  CONFERRED: 'Conferred',
  REVOKED: 'Revoked',
};

export const cardMessages = defineMessages(
  {
    title: 'Thẻ đơn vị',
    unknown: (code: string) => `Không có đơn vị ${code}.`,
    code: 'Mã đơn vị',
    level: 'Cấp',
    from: 'Hoạt động từ',
    until: 'Kết thúc từ',
    under: 'Đơn vị trực thuộc',
    together: 'Số liệu gồm cả các đơn vị trực thuộc.',
    inTree: 'Xem trong cây đơn vị',
    targets: 'Chỉ tiêu',
    origin: 'Trước và sau sáp nhập 2025',
    support: 'An sinh xã hội',
    reports: 'Báo cáo',
    awards: 'Khen thưởng',
    latest: 'Khen thưởng gần nhất của chính đơn vị',
    form: 'Hình thức',
    status: 'Trạng thái',
    decision: 'Quyết định',
    decidedOn: 'Ngày quyết định',
    conferredOn: 'Ngày trao tặng',
    noAward: 'Chính đơn vị chưa có khen thưởng nào.',
    statuses: vi,
  },
  {
    title: 'Unit card',
    unknown: (code) => `There is no unit ${code}.`,
    code: 'Code',
    level: 'Level',
    from: 'Exists from',
    until: 'Ended',
    under: 'Units directly under it',
    together: 'The figures include the units under it.',
    inTree: 'Show in the unit tree',
    targets: 'Targets',
    origin: 'Before and after the merger of 2025',
    support: 'Social support',
    reports: 'Reports',
    awards: 'Awards',
    latest: 'Latest awards of the unit itself',
    form: 'Form',
    status: 'Status',
    decision: 'Decision',
    decidedOn: 'Decided on',
    conferredOn: 'Conferred on',
    noAward: 'The unit itself has no award.',
    statuses: en,
  },
);
