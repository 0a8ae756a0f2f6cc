import type { CampaignStatus, ParticipationStatus } from '../../graph/operations.generated.ts';
import { defineMessages } from '../../language/messages.ts';

const vi = {
  statuses: {
    DRAFT: 'Đang soạn thảo',
    SUBMITTED: 'Đã trình',
    RETURNED: 'Trả lại',
    APPROVED: 'Đã duyệt',
    PUBLISHED: 'Đã công bố',
    ACTIVE: 'Đang diễn ra',
    CLOSED: 'Đã kết thúc',
    SUMMARISED: 'Đã tổng kết',
    ARCHIVED: 'Lưu trữ',
  } satisfies Record<CampaignStatus, string> as Readonly<Record<CampaignStatus, string>>,
  participation: {
    REGISTERED: 'Đã đăng ký',
    LAUNCHED: 'Đã phát động',
    SUMMARISED: 'Đã tổng kết',
    WITHDRAWN: 'Đã rút',
  } satisfies Record<ParticipationStatus, string> as Readonly<Record<ParticipationStatus, string>>,
};

const en: typeof vi = {
  statuses: {
    DRAFT: 'Being written',
    SUBMITTED: 'Handed in',
    RETURNED: 'Sent back',
    APPROVED: 'Approved',
    PUBLISHED: 'Published',
    ACTIVE: 'Running',
    CLOSED: 'Ended',
    SUMMARISED: 'Summed up',
    ARCHIVED: 'Archived',
  },
  participation: {
    REGISTERED: 'Registered',
    LAUNCHED: 'Launched',
    SUMMARISED: 'Summed up',
    WITHDRAWN: 'Withdrawn',
  },
};

export const overviewMessages = defineMessages(
  {
    ...vi,
    title: 'Tổng quan phong trào',
    unknown: (code: string) => `Không có phong trào ${code}.`,
    status: 'Trạng thái',
    owner: 'Đơn vị phát động',
    issued: 'Ban hành',
    launched: 'Phát động',
    ends: 'Kết thúc',
    mottos: 'Phương châm',
    contents: 'Nội dung thi đua',
    participants: 'Đơn vị tham gia',
    reports: 'Báo cáo',
    support: 'An sinh xã hội',
    awards: 'Khen thưởng',
  },
  {
    ...en,
    title: 'Campaign overview',
    unknown: (code) => `There is no campaign ${code}.`,
    status: 'Status',
    owner: 'Launched by',
    issued: 'Issued',
    launched: 'Launched',
    ends: 'Ends',
    mottos: 'Mottos',
    contents: 'Content',
    participants: 'Units taking part',
    reports: 'Reports',
    support: 'Social support',
    awards: 'Awards',
  },
);
