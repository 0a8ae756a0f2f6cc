import type { AwardStatus, DossierState } from '../../graph/operations.generated.ts';
import { defineMessages } from '../../language/messages.ts';

interface Names {
  /** In the order of the way from a draft to the conferring, then where it may end otherwise. */
  readonly states: Readonly<Record<DossierState, string>>;
  readonly statuses: Readonly<Record<AwardStatus, string>>;
}

const vi: Names = {
  states: {
    DRAFT: 'Bản thảo',
    SUBMITTED: 'Đề nghị',
    UNIT_REVIEWED: 'Đơn vị đã bình xét',
    APPRAISED: 'Đã thẩm định',
    COUNCIL_VOTED: 'Hội đồng đã bỏ phiếu',
    PUBLIC_NOTICE: 'Đang công khai',
    FORWARDED: 'Đã trình cấp trên',
    DECIDED: 'Đã quyết định',
    CONFERRED: 'Đã trao tặng',
    RETURNED: 'Trả lại',
    REJECTED: 'Không duyệt',
    WITHDRAWN: 'Đã rút',
    REVOKED: 'Đã thu hồi',
  },
  statuses: { DECIDED: 'Đã quyết định', CONFERRED: 'Đã trao tặng', REVOKED: 'Đã thu hồi' },
};

const en: Names = {
  states: {
    DRAFT: 'Draft',
    SUBMITTED: 'Handed in',
    UNIT_REVIEWED: 'Reviewed by the unit',
    APPRAISED: 'Appraised',
    COUNCIL_VOTED: 'Voted by the council',
    PUBLIC_NOTICE: 'In public notice',
    FORWARDED: 'Sent up',
    DECIDED: 'Decided',
    CONFERRED: 'Conferred',
    RETURNED: 'Sent back',
    REJECTED: 'Refused',
    WITHDRAWN: 'Withdrawn',
    REVOKED: 'Revoked',
  },
  statuses: { DECIDED: 'Decided', CONFERRED: 'Conferred', REVOKED: 'Revoked' },
};

export const awardMessages = defineMessages(
  {
    ...vi,
    title: 'Khen thưởng',
    unknown: (code: string) => `Không có phong trào ${code}.`,
    funnel: 'Hồ sơ theo trạng thái',
    dossiers: (count: string) => `${count} hồ sơ đề nghị khen thưởng.`,
    byForm: 'Hồ sơ theo hình thức và trạng thái',
    form: 'Hình thức',
    state: 'Trạng thái',
    count: 'Số hồ sơ',
    medianDays: 'Số ngày trung vị từ khi nhận',
    gazette: 'Danh sách khen thưởng',
    allForms: 'Mọi hình thức',
    allStatuses: 'Mọi trạng thái',
    noneFound: 'Không có khen thưởng nào cho lựa chọn này.',
    recipient: 'Tập thể, cá nhân',
    unnamed: 'Cá nhân (không nêu tên)',
    decision: 'Số quyết định',
    decidedOn: 'Ngày quyết định',
    issuer: 'Cơ quan quyết định',
    conferredOn: 'Ngày trao tặng',
  },
  {
    ...en,
    title: 'Awards',
    unknown: (code) => `There is no campaign ${code}.`,
    funnel: 'Dossiers by state',
    dossiers: (count) => `${count} dossiers that propose an award.`,
    byForm: 'Dossiers by form and state',
    form: 'Form',
    state: 'State',
    count: 'Dossiers',
    medianDays: 'Median days since receipt',
    gazette: 'Award gazette',
    allForms: 'All forms',
    allStatuses: 'All states',
    noneFound: 'There is no award for this choice.',
    recipient: 'Recipient',
    unnamed: 'A person, not named',
    decision: 'Decision',
    decidedOn: 'Decided on',
    issuer: 'Decided by',
    conferredOn: 'Conferred on',
  },
);
